#include "stack/Copies.h"

#include "stack/Loader.h"

#include <atomic>
#include <dlfcn.h>
#include <link.h>

namespace connsan::runtime {

namespace {

/// What every copy exports, and nothing else does.
constexpr const char *Marker = "connsan_rt_check_out";

/// A library by the address of something in it.
const void *baseOf(const void *Inside) {
  Dl_info Info;
  return dladdr(Inside, &Info) ? Info.dli_fbase : nullptr;
}

const void *ownBase() {
  return baseOf(reinterpret_cast<const void *>(&isOurs));
}

bool isCopy(const void *Function) {
  // Asked about libpq by every connect.
  static std::atomic<const void *> NoCopy;
  Dl_info Info;
  link_map *Map = nullptr;
  if (!dladdr1(Function, &Info, reinterpret_cast<void **>(&Map), RTLD_DL_LINKMAP) || !Map ||
      Info.dli_fbase == NoCopy.load(std::memory_order_relaxed))
    return false;
  void *Handle = dlopen(Map->l_name, RTLD_LAZY | RTLD_NOLOAD);
  if (!Handle)
    return false;
  bool Result = baseOf(dlsym(Handle, Marker)) == Info.dli_fbase;
  closeHandle(Handle);
  if (!Result)
    NoCopy.store(Info.dli_fbase, std::memory_order_relaxed);
  return Result;
}

} // namespace

bool isFirstCopy() {
  return baseOf(dlsym(RTLD_DEFAULT, Marker)) == ownBase();
}

bool isOurs(const void *Function) {
  return baseOf(Function) == ownBase() || isCopy(Function);
}

} // namespace connsan::runtime
