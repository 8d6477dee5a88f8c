#include "interpose/Lookup.h"

#include "stack/Copies.h"
#include "stack/Loader.h"

#include <dlfcn.h>
#include <link.h>

namespace connsan::runtime {

void *lookUp(void *Handle, const char *Name) {
  void *Function = dlsym(Handle, Name);
  return Function && !isOurs(Function) ? Function : nullptr;
}

void *handleOf(const void *Address) {
  Dl_info Info;
  link_map *Map = nullptr;
  if (!dladdr1(Address, &Info, reinterpret_cast<void **>(&Map), RTLD_DL_LINKMAP) || !Map || !*Map->l_name)
    return nullptr;
  return dlopen(Map->l_name, RTLD_LAZY | RTLD_NOLOAD);
}

void *nextFunction(const char *Name, const void *Caller) {
  if (void *Found = lookUp(RTLD_NEXT, Name))
    return Found;
  void *Handle = handleOf(Caller);
  if (!Handle)
    return nullptr;
  void *Found = lookUp(Handle, Name);
  closeHandle(Handle);
  return Found;
}

} // namespace connsan::runtime
