#include "interpose/Names.h"

#include "interpose/Libpq.h"
#include "stack/Loader.h"

#include <cstring>
#include <dlfcn.h>
#include <link.h>
#include <sys/mman.h>
#include <unistd.h>

namespace connsan::runtime {

namespace {

/// One of our names, and its entry in our symbol table.
struct Exported {
  const char *Name;
  bool (*IsIn)(const Libpq &Lib);
  ElfW(Sym) *Entry = nullptr;
  ElfW(Addr) Value = 0;
};

Exported Names[] = {
#define CONNSAN_API(Name) {#Name, [](const Libpq &Lib) { return Lib.Name != nullptr; }},
#include "registry/Api.inc"
#undef CONNSAN_API
};

void findEntries() {
  if (Names[0].Entry)
    return;
  Dl_info Own;
  if (!dladdr(reinterpret_cast<const void *>(&showNames), &Own))
    return;
  void *Handle = dlopen(Own.dli_fname, RTLD_LAZY | RTLD_NOLOAD);
  if (!Handle)
    return;
  for (Exported &E : Names) {
    // By the handle: by its address alone a wrapper could be another preload's of the same name.
    void *Wrapper = dlsym(Handle, E.Name);
    Dl_info Info;
    void *Entry = nullptr;
    if (Wrapper && dladdr1(Wrapper, &Info, &Entry, RTLD_DL_SYMENT) && Entry &&
        Info.dli_fbase == Own.dli_fbase && !std::strcmp(Info.dli_sname, E.Name)) {
      E.Entry = static_cast<ElfW(Sym) *>(Entry);
      E.Value = E.Entry->st_value;
    }
  }
  closeHandle(Handle);
}

/// The loader passes over a symbol that has no value.
void setValue(ElfW(Sym) & Entry, ElfW(Addr) Value) {
  auto Page = static_cast<uintptr_t>(sysconf(_SC_PAGESIZE));
  uintptr_t Begin = reinterpret_cast<uintptr_t>(&Entry) & ~(Page - 1);
  uintptr_t End = (reinterpret_cast<uintptr_t>(&Entry + 1) + Page - 1) & ~(Page - 1);
  if (mprotect(reinterpret_cast<void *>(Begin), End - Begin, PROT_READ | PROT_WRITE) != 0)
    return;
  __atomic_store_n(&Entry.st_value, Value, __ATOMIC_RELAXED);
  mprotect(reinterpret_cast<void *>(Begin), End - Begin, PROT_READ);
}

} // namespace

void showNames() {
  findEntries();
  for (Exported &E : Names) {
    if (!E.Entry)
      continue;
    bool Wanted = false;
    for (Library *L = libraries(); L; L = L->Next)
      Wanted = Wanted || (!L->Gone.load(std::memory_order_acquire) && E.IsIn(*static_cast<Libpq *>(L)));
    if (Wanted != (E.Entry->st_value != 0))
      setValue(*E.Entry, Wanted ? E.Value : 0);
  }
}

} // namespace connsan::runtime
