#include "stack/Loader.h"

#include <dlfcn.h>

// The linker's --wrap gives dl_iterate_phdr another meaning for libbacktrace; this is the C library's.
extern "C" int __real_dl_iterate_phdr(int (*Callback)(dl_phdr_info *, size_t, void *), void *Data);

namespace connsan::runtime {

void iterateModules(int (*Callback)(dl_phdr_info *, size_t, void *), void *Data) {
  std::lock_guard Lock(loaderMutex());
  __real_dl_iterate_phdr(Callback, Data);
}

ModuleCounts moduleCounts() {
  ModuleCounts Result;
  // Every module is told the same.
  iterateModules(
      [](dl_phdr_info *Info, size_t, void *Data) {
        *static_cast<ModuleCounts *>(Data) = {Info->dlpi_adds, Info->dlpi_subs};
        return 1;
      },
      &Result);
  return Result;
}

void closeHandle(void *Handle) {
  if (auto *Close = reinterpret_cast<int (*)(void *)>(dlsym(RTLD_NEXT, "dlclose")))
    Close(Handle);
}

std::mutex &loaderMutex() {
  static std::mutex Mutex;
  return Mutex;
}

} // namespace connsan::runtime
