#include "Progress.h"

#include <cstdio>
#include <unistd.h>

namespace connsan::tool {

Progress::Progress(std::string What, std::size_t Total)
    : What(std::move(What)), Total(Total), IsTerminal(isatty(STDERR_FILENO) != 0) {}

Progress::~Progress() {
  if (IsShown)
    std::fputs("\r\033[K", stderr);
}

void Progress::show(std::size_t Done) {
  if (!IsTerminal || std::chrono::steady_clock::now() - Start < std::chrono::seconds(1))
    return;
  IsShown = true;
  std::fprintf(stderr, "\r\033[Kconnsan: %s", What.c_str());
  if (Total > 1)
    std::fprintf(stderr, ", %zu of %zu files", Done, Total);
}

} // namespace connsan::tool
