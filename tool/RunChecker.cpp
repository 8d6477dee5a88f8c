#include "Commands.h"
#include "Installation.h"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <unistd.h>
#include <vector>

int connsan::tool::runChecker(int argc, char **argv) {
  const auto Checker = findChecker();
  if (!Checker) {
    std::fputs("connsan: the checker is not installed (Debian package connsan-checker)\n", stderr);
    return 2;
  }
  std::vector<char *> Arguments = {const_cast<char *>(Checker->c_str())};
  Arguments.insert(Arguments.end(), argv, argv + argc);
  Arguments.push_back(nullptr);
  execv(Checker->c_str(), Arguments.data());
  std::fprintf(stderr, "connsan: cannot run %s: %s\n", Checker->c_str(), std::strerror(errno));
  return 2;
}
