#include "Commands.h"

#include <connsan/Version.h>

#include <array>
#include <cstdio>
#include <cstring>
#include <string_view>

namespace {

struct Command {
  const char *Name;
  const char *Help;
  int (*Main)(int, char **);
};

#ifndef CONNSAN_HAS_CHECKER
int checkMissing(int, char **) {
  std::fputs("connsan: this build has no checker (configured with CONNSAN_CHECKER=OFF)\n", stderr);
  return 2;
}
#endif

constexpr std::array Commands = {
#ifdef CONNSAN_HAS_CHECKER
    Command{"check", "find connection leaks in source code", connsan::tool::checkMain},
    Command{"index", "find out what functions do, for 'check' of other files", connsan::tool::indexMain},
#else
    Command{"check", "find connection leaks in source code (not in this build)", checkMissing},
    Command{"index", "find out what functions do (not in this build)", checkMissing},
#endif
    Command{"report", "report who holds connections, from what the runtime wrote", connsan::tool::reportMain},
    Command{"run", "run a program with the runtime preloaded", connsan::tool::runMain},
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
