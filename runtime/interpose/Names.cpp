#include "interpose/Names.h"

#include "interpose/Libpq.h"
#include "stack/DynamicSection.h"
#include "stack/Loader.h"

#include <cstring>
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
  ElfW(Addr) Value = 0, Address = 0;
};

Exported Names[] = {
#define CONNSAN_API(Name) {#Name, [](const Libpq &Lib) { return Lib.Name != nullptr; }},
#include "registry/Api.inc"
#undef CONNSAN_API
};

/// Without the loader's lock, which another thread may hold while it runs what waits for ours.
int findEntries(dl_phdr_info *Info, size_t, void *) {
  DynamicSection Own(*Info);
  if (!Own.holds(reinterpret_cast<uintptr_t>(&showNames)))
    return 0;
  for (Exported &E : Names) {
    const ElfW(Sym) *Entry = Own.lookUp(E.Name);
    if (!Entry || Entry->st_shndx == SHN_UNDEF)
      continue;
    E.Entry = const_cast<ElfW(Sym) *>(Entry);
    E.Value = Entry->st_value;
    E.Address = Info->dlpi_addr + Entry->st_value;
  }
  return 1;
}

/// Writes what the loader has made read-only.
void overwrite(ElfW(Addr) & Word, ElfW(Addr) Value, int Protection) {
  auto Page = static_cast<uintptr_t>(sysconf(_SC_PAGESIZE));
  uintptr_t Begin = reinterpret_cast<uintptr_t>(&Word) & ~(Page - 1);
  uintptr_t End = (reinterpret_cast<uintptr_t>(&Word + 1) + Page - 1) & ~(Page - 1);
  if (mprotect(reinterpret_cast<void *>(Begin), End - Begin, PROT_READ | PROT_WRITE) != 0)
    return;
  __atomic_store_n(&Word, Value, __ATOMIC_RELAXED);
  if (Protection != (PROT_READ | PROT_WRITE))
    mprotect(reinterpret_cast<void *>(Begin), End - Begin, Protection);
}

bool isRelro(const dl_phdr_info &Info, const void *At) {
  auto Offset = reinterpret_cast<uintptr_t>(At) - Info.dlpi_addr;
  for (unsigned I = 0; I < Info.dlpi_phnum; ++I) {
    const ElfW(Phdr) &Header = Info.dlpi_phdr[I];
    if (Header.p_type == PT_GNU_RELRO && Offset >= Header.p_vaddr && Offset - Header.p_vaddr < Header.p_memsz)
      return true;
  }
  return false;
}

/// Weak references that were bound before main: a program asks by them whether a function exists.
int unbindWeak(dl_phdr_info *Info, size_t, void *) {
  DynamicSection(*Info).forEachWeakSlot([Info](const char *Name, ElfW(Addr) * Slot) {
    if (Name[0] != 'P' || Name[1] != 'Q')
      return;
    for (const Exported &E : Names)
      if (E.Entry && !E.Entry->st_value && *Slot == E.Address && !std::strcmp(Name, E.Name))
        overwrite(*Slot, 0, isRelro(*Info, Slot) ? PROT_READ : PROT_READ | PROT_WRITE);
  });
  return 0;
}

} // namespace

void showNames() {
  if (!Names[0].Entry)
    iterateModules(findEntries, nullptr);
  bool Hidden = false;
  for (Exported &E : Names) {
    if (!E.Entry)
      continue;
    bool Wanted = false;
    for (Library *L = libraries(); L; L = L->Next)
      Wanted = Wanted || (!L->Gone.load(std::memory_order_acquire) && E.IsIn(*static_cast<Libpq *>(L)));
    // The loader passes over a symbol that has no value.
    if (Wanted != (E.Entry->st_value != 0))
      overwrite(E.Entry->st_value, Wanted ? E.Value : 0, PROT_READ);
    Hidden = Hidden || !Wanted;
  }
  if (Hidden)
    iterateModules(unbindWeak, nullptr);
}

} // namespace connsan::runtime
