#include "interpose/Span.h"
#include "registry/Mailbox.h"
#include "stack/Loader.h"
#include "stack/Modules.h"
#include "watch/Watcher.h"

#include <dlfcn.h>

using namespace connsan::runtime;

namespace {

using CloseFunction = int (*)(void *);
CloseFunction RealClose = nullptr;

__attribute__((constructor)) void findRealClose() {
  RealClose = reinterpret_cast<CloseFunction>(dlsym(RTLD_NEXT, "dlclose"));
}

} // namespace

// Not dlopen, which looks for libraries where its caller's file says: here nothing depends on who calls.
CONNSAN_EXPORT int dlclose(void *Handle) {
  if (!RealClose)
    findRealClose();
  if (!RealClose)
    return -1;
  beforeUnload();
  if (busy() || !libraries())
    return RealClose(Handle);
  unsigned long long Before;
  {
    BusyScope Scope;
    // The stacks of what is open may go through what is unloaded now.
    rememberModules();
    Before = moduleCounts().Unloads;
  }
  int Result = RealClose(Handle);
  BusyScope Scope;
  if (moduleCounts().Unloads != Before && noteUnloadedLibraries())
    post({Mail::Unloaded});
  return Result;
}
