#include "stack/Loader.h"

#include <dlfcn.h>

// The linker's --wrap gives dl_iterate_phdr another meaning for libbacktrace; this is the C library's.
extern "C" int __real_dl_iterate_phdr(int (*Callback)(dl_phdr_info *, size_t, void *), void *Data);

namespace connsan::runtime {

namespace {

struct Counts {
  unsigned long long Loads = 0, Unloads = 0;
};

Counts counts() {
  Counts Result;
  // Every module is told the same.
  iterateModules(
      [](dl_phdr_info *Info, size_t, void *Data) {
        *static_cast<Counts *>(Data) = {Info->dlpi_adds, Info->dlpi_subs};
        return 1;
      },
      &Result);
  return Result;
}

} // namespace

void iterateModules(int (*Callback)(dl_phdr_info *, size_t, void *), void *Data) {
  std::lock_guard Lock(loaderMutex());
  __real_dl_iterate_phdr(Callback, Data);
}

unsigned long long loadCount() {
  return counts().Loads;
}

unsigned long long unloadCount() {
  return counts().Unloads;
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
