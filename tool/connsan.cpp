#include "Commands.h"

#include <connsan/Version.h>

#include <array>
#include <cstdio>
#include <string_view>

namespace {

using namespace connsan::tool;

constexpr std::array Commands = {
    Command{"baseline", "write down what 'check' finds now, for it to leave out", runChecker},
    Command{"check", "find connection leaks in source code", runChecker},
    Command{"index", "find out what functions do, for 'check' of other files", runChecker},
    Command{"report", "report who holds connections, from what the runtime wrote", reportMain},
    Command{"run", "run a program with the runtime preloaded", runMain},
};

void usage(std::FILE *Out) {
  std::fputs("usage: connsan COMMAND [ARGUMENT...]\n\ncommands:\n", Out);
  for (const Command &C : Commands)
    std::fprintf(Out, "  %-8s %s\n", C.Name, C.Help);
  std::fputs("\n'connsan COMMAND --help' tells about one; 'connsan --version' prints the version.\n", Out);
}

} // namespace

int main(int argc, char **argv) {
  if (argc < 2) {
    usage(stderr);
    return 2;
  }
  std::string_view Name = argv[1];
  if (Name == "--help" || Name == "-h" || Name == "help") {
    usage(stdout);
    return 0;
  }
  if (Name == "--version") {
    std::puts("connsan " CONNSAN_VERSION);
    return 0;
  }
  for (const Command &C : Commands)
    if (C.Name == Name)
      return C.Main(argc - 1, argv + 1);
  std::fprintf(stderr, "connsan: unknown command '%s'; 'connsan --help' lists them\n", argv[1]);
  return 2;
}
