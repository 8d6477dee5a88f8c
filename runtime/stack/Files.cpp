#include <algorithm>
#include <cstdarg>
#include <fcntl.h>
#include <sys/resource.h>
#include <unistd.h>

// The linker's --wrap has all that is opened in this library, libbacktrace included, come here.
extern "C" int __real_open(const char *Path, int Flags, ...);
extern "C" int __wrap_open(const char *Path, int Flags, ...);

// A program may count on the number that it gets next, or put a file of its own in the place of a closed one:
// what we open stands high, and low only for the moment that this takes.
extern "C" int __wrap_open(const char *Path, int Flags, ...) {
  mode_t Mode = 0;
  if (Flags & O_CREAT) {
    va_list Rest;
    va_start(Rest, Flags);
    Mode = va_arg(Rest, mode_t);
    va_end(Rest);
  }
  int File = __real_open(Path, Flags, Mode);
  if (File < 0)
    return File;
  constexpr rlim_t High = 200;
  rlimit Limit{};
  getrlimit(RLIMIT_NOFILE, &Limit);
  rlim_t From = std::min(High, Limit.rlim_cur / 4 * 3);
  int Moved = fcntl(File, F_DUPFD_CLOEXEC, static_cast<int>(From));
  if (Moved < 0)
    return File;
  close(File);
  return Moved;
}
