#include "Commands.h"

#include <array>
#include <cstdio>
#include <string_view>

namespace {

using namespace connsan::tool;

constexpr std::array Commands = {
    Command{"baseline", "", baselineMain},
    Command{"check", "", checkMain},
    Command{"index", "", indexMain},
};

} // namespace

int main(int argc, char **argv) {
  for (const Command &C : Commands)
    if (argc > 1 && std::string_view(argv[1]) == C.Name)
      return C.Main(argc - 1, argv + 1);
  std::fputs("connsan-checker: 'connsan check' and others run this program; 'connsan --help' tells "
             "the usage\n",
             stderr);
  return 2;
}
