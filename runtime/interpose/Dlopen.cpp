#include "interpose/Span.h"
#include "options/Environment.h"
#include "options/Options.h"
#include "registry/Thread.h"

#include <atomic>
#include <cstdlib>
#include <cstring>
#include <dlfcn.h>
#include <fcntl.h>
#include <pthread.h>
#include <sys/auxv.h>
#include <unistd.h>

using namespace connsan::runtime;

namespace {

/// True when the file names libpq anywhere, as it does when it is linked to it or opens it.
bool namesLibpq(const char *Path) {
  constexpr char Name[] = "libpq.so";
  constexpr size_t Kept = sizeof Name - 2; // a name may lie across two reads
  BusyScope Scope;
  int CancelState;
  pthread_setcancelstate(PTHREAD_CANCEL_DISABLE, &CancelState);
  bool Found = false;
  int File = open(Path, O_RDONLY | O_CLOEXEC);
  if (File >= 0) {
    char Buffer[16384];
    size_t Have = 0;
    while (!Found) {
      ssize_t Read = read(File, Buffer + Have, sizeof Buffer - Have);
      if (Read <= 0)
        break;
      Have += static_cast<size_t>(Read);
      Found = memmem(Buffer, Have, Name, sizeof Name - 1);
      size_t Keep = std::min(Have, Kept);
      std::memmove(Buffer, Buffer + Have - Keep, Keep);
      Have = Keep;
    }
    close(File);
  }
  pthread_setcancelstate(CancelState, nullptr);
  return Found;
}

using DlopenFunction = void *(*)(const char *, int);

DlopenFunction realDlopen() {
  static std::atomic<DlopenFunction> Real;
  DlopenFunction Known = Real.load(std::memory_order_relaxed);
  if (!Known) {
    Known = reinterpret_cast<DlopenFunction>(dlsym(RTLD_NEXT, "dlopen"));
    Real.store(Known, std::memory_order_relaxed);
  }
  return Known;
}

/// A library that is opened with RTLD_DEEPBIND, as PHP opens its extensions, and the libpq that it brings
/// look for their symbols in each other first and would go past us. Only from those the flag is taken.
[[gnu::noinline]] int modeFor(const char *File, int Mode) {
  if (!File || !std::strchr(File, '/') || busy() || getauxval(AT_SECURE))
    return Mode;
  const char *List = environmentOptions();
  bool Keep = List && switchIn(List, "deepbind", false);
  return Keep || !namesLibpq(File) ? Mode : Mode & ~RTLD_DEEPBIND;
}

} // namespace

// Forwarded by a jump, whatever the build: the loader searches the library path of whoever it returns to. The
// C library's own declaration says that nothing is thrown, which would need a frame to see to.
#ifdef __clang__
#define CONNSAN_JUMP [[clang::musttail]]
#define CONNSAN_JUMPS
#else
#define CONNSAN_JUMP
#define CONNSAN_JUMPS __attribute__((optimize("O2")))
#endif
CONNSAN_EXPORT void *openLibrary(const char *File, int Mode) __asm__("dlopen");
CONNSAN_JUMPS void *openLibrary(const char *File, int Mode) {
  if (Mode & RTLD_DEEPBIND)
    Mode = modeFor(File, Mode);
  CONNSAN_JUMP return realDlopen()(File, Mode);
}
