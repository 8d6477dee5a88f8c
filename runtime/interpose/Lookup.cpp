#include "interpose/Lookup.h"

#include "stack/Copies.h"
#include "stack/DynamicSection.h"
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

namespace {

struct Definition {
  const char *Name;
  void *Found = nullptr;
};

// Within the callback the loader's other lock may not be taken, so nothing here asks the loader.
int findDefinition(dl_phdr_info *Info, size_t, void *Data) {
  auto &D = *static_cast<Definition *>(Data);
  DynamicSection In(*Info);
  // Neither this library nor a copy of it.
  if (!In.definition("connsan_rt_check_out"))
    D.Found = reinterpret_cast<void *>(In.definition(D.Name));
  return D.Found != nullptr;
}

} // namespace

void *nextFunction(const char *Name, const void *Caller) {
  if (void *Found = lookUp(RTLD_NEXT, Name))
    return Found;
  if (void *Handle = handleOf(Caller)) {
    void *Found = lookUp(Handle, Name);
    closeHandle(Handle);
    if (Found)
      return Found;
  }
  // The caller of a tail call is gone from the stack: whoever has it will have to do.
  Definition D{Name};
  iterateModules(findDefinition, &D);
  return D.Found;
}

} // namespace connsan::runtime
