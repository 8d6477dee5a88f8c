#pragma once

#include <cstddef>
#include <cstdint>
#include <link.h>

namespace connsan::runtime {

/// What the loader knows of the symbols of a loaded module, read where it lies: to be used only within the
/// callback of iterateModules, during which nothing is unloaded. Uses no heap.
class DynamicSection {
public:
  explicit DynamicSection(const dl_phdr_info &Info);

  bool holds(uintptr_t Address) const { return Address >= Begin && Address < End; }
  uintptr_t begin() const { return Begin; }
  uintptr_t end() const { return End; }
  /// Its name as a shared library, or an empty text.
  const char *soname() const { return Soname; }

  /// What the module says of the name, or null.
  const ElfW(Sym) * lookUp(const char *Name) const;
  /// The address of what the module itself defines under the name, or 0.
  uintptr_t definition(const char *Name) const;

  /// Calls Found(name, value) for each slot by which the module calls one of the named functions of whatever
  /// module.
  template<size_t Count, typename Callback>
  void forEachSlot(const char *const (&Names)[Count], Callback Found) const;

  /// Calls Found(name, slot) for each slot that may stay empty, since the module refers to the function
  /// weakly.
  template<typename Callback> void forEachWeakSlot(Callback Found) const;

private:
  using Symbol = ElfW(Sym);
  struct Slot {
    const char *Name = nullptr;
    uintptr_t At = 0;
    bool Weak = false;
  };
  struct Table {
    uintptr_t At = 0;
    size_t Size = 0;
    size_t EntrySize = 0;
  };

  /// Most of the loader's modules have addresses here, some (the vdso) what the file says.
  uintptr_t address(uintptr_t Value) const;
  const Symbol *lookUpGnu(const char *Name) const;
  const Symbol *lookUpSysV(const char *Name) const;
  const char *nameOf(const Symbol &S) const { return S.st_name < StringsSize ? Strings + S.st_name : ""; }
  /// The name and the place of the slot that a relocation fills, or nulls when it fills none.
  Slot slotOf(const Table &T, size_t Index) const;

  uintptr_t Base = 0, Begin = UINTPTR_MAX, End = 0;
  const char *Strings = "";
  size_t StringsSize = 0;
  const Symbol *Symbols = nullptr;
  const char *Soname = "";
  const uint32_t *GnuHash = nullptr;
  const ElfW(Word) *SysVHash = nullptr;
  Table Relocations[2]; // of data and of calls
};

template<size_t Count, typename Callback>
void DynamicSection::forEachSlot(const char *const (&Names)[Count], Callback Found) const {
  for (const Table &T : Relocations)
    for (size_t I = 0; T.EntrySize && I < T.Size / T.EntrySize; ++I) {
      Slot S = slotOf(T, I);
      if (!S.At)
        continue;
      for (const char *Name : Names)
        // Few begin alike, and there are many.
        if (S.Name[0] == Name[0] && S.Name[1] == Name[1] && !__builtin_strcmp(S.Name, Name))
          // The loader may be filling it just now.
          Found(Name, __atomic_load_n(reinterpret_cast<const uintptr_t *>(S.At), __ATOMIC_RELAXED));
    }
}

template<typename Callback> void DynamicSection::forEachWeakSlot(Callback Found) const {
  for (const Table &T : Relocations)
    for (size_t I = 0; T.EntrySize && I < T.Size / T.EntrySize; ++I)
      if (Slot S = slotOf(T, I); S.At && S.Weak)
        Found(S.Name, reinterpret_cast<uintptr_t *>(S.At));
}

} // namespace connsan::runtime
