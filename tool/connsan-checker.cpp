#include "Commands.h"

#include <array>
#include <cstdio>
#include <string_view>
#include <utility>

namespace {

using namespace connsan::tool;

constexpr std::array<std::pair<std::string_view, int (*)(int, char **)>, 3> Commands = {{
    {"baseline", baselineMain},
    {"check", checkMain},
    {"index", indexMain},
}};

} // namespace

int main(int argc, char **argv) {
  for (const auto &[Name, Main] : Commands)
    if (argc > 1 && argv[1] == Name)
      return Main(argc - 1, argv + 1);
  std::fputs("connsan-checker: 'connsan check' and others run this program; 'connsan --help' tells "
             "the usage\n",
             stderr);
  return 2;
}
