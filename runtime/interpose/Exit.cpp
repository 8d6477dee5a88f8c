#include "watch/Exit.h"
#include "interpose/Span.h"

#include <dlfcn.h>
#include <sys/syscall.h>
#include <unistd.h>

using namespace connsan::runtime;

namespace {

using ExitFunction = void (*)(int);
ExitFunction RealExit = nullptr;

// Looked up ahead: the caller may be a signal handler, where nothing can be.
__attribute__((constructor)) void findRealExit() {
  RealExit = reinterpret_cast<ExitFunction>(dlsym(RTLD_NEXT, "_exit"));
}

[[noreturn]] void end(int Status) {
  Status = finishQuickly(Status);
  if (RealExit)
    RealExit(Status);
  for (;;)
    syscall(SYS_exit_group, Status);
}

} // namespace

CONNSAN_EXPORT void _exit(int Status) {
  end(Status);
}
CONNSAN_EXPORT void _Exit(int Status) {
  end(Status);
}
