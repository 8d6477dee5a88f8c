#include "interpose/Span.h"
#include "registry/Thread.h"

#include <atomic>
#include <cstring>
#include <dlfcn.h>
#include <fcntl.h>
#include <pthread.h>
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

} // namespace

// A library that is opened with RTLD_DEEPBIND, as PHP opens its extensions, and the libpq that it brings look
// for their symbols in each other first and would go past us. Only for those the flag is taken away.
CONNSAN_EXPORT void *dlopen(const char *File, int Mode) {
  if ((Mode & RTLD_DEEPBIND) && File && std::strchr(File, '/') && namesLibpq(File))
    Mode &= ~RTLD_DEEPBIND;
  // Compiled to a jump: the loader searches the library path of whoever it returns to.
  return realDlopen()(File, Mode);
}
