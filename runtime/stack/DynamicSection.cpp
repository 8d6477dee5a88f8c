#include "stack/DynamicSection.h"

#include <algorithm>
#include <cstring>
#include <elf.h>

namespace connsan::runtime {

namespace {

/// The relocations that fill a slot with the address of a function.
bool fillsSlot(size_t Type) {
#if defined(__x86_64__)
  return Type == R_X86_64_JUMP_SLOT || Type == R_X86_64_GLOB_DAT;
#elif defined(__aarch64__)
  return Type == R_AARCH64_JUMP_SLOT || Type == R_AARCH64_GLOB_DAT;
#elif defined(__i386__)
  return Type == R_386_JMP_SLOT || Type == R_386_GLOB_DAT;
#else
  return Type != Type;
#endif
}

constexpr size_t WordBits = sizeof(ElfW(Addr)) * 8;

size_t symbolOf(uintptr_t Info) {
  return WordBits == 64 ? Info >> 32 : Info >> 8;
}
size_t typeOf(uintptr_t Info) {
  return WordBits == 64 ? Info & 0xffffffff : Info & 0xff;
}

uint32_t gnuHash(const char *Name) {
  uint32_t Hash = 5381;
  for (; *Name; ++Name)
    Hash = Hash * 33 + static_cast<unsigned char>(*Name);
  return Hash;
}

uint32_t sysVHash(const char *Name) {
  uint32_t Hash = 0;
  for (; *Name; ++Name) {
    Hash = (Hash << 4) + static_cast<unsigned char>(*Name);
    uint32_t High = Hash & 0xf0000000;
    Hash = (Hash ^ (High >> 24)) & ~High;
  }
  return Hash;
}

} // namespace

DynamicSection::DynamicSection(const dl_phdr_info &Info) : Base(Info.dlpi_addr) {
  const ElfW(Dyn) *Entry = nullptr;
  for (unsigned I = 0; I < Info.dlpi_phnum; ++I) {
    const ElfW(Phdr) &Header = Info.dlpi_phdr[I];
    if (Header.p_type == PT_LOAD) {
      Begin = std::min<uintptr_t>(Begin, Base + Header.p_vaddr);
      End = std::max<uintptr_t>(End, Base + Header.p_vaddr + Header.p_memsz);
    } else if (Header.p_type == PT_DYNAMIC) {
      Entry = reinterpret_cast<const ElfW(Dyn) *>(Base + Header.p_vaddr);
    }
  }
  if (!Entry || !holds(reinterpret_cast<uintptr_t>(Entry)))
    return;
  // Of data relocations the first ones are relative, and there are many of them.
  size_t Relative = 0, NameAt = SIZE_MAX;
  Table &Data = Relocations[0], &Calls = Relocations[1];
  for (; Entry->d_tag != DT_NULL; ++Entry) {
    uintptr_t Value = Entry->d_un.d_ptr;
    switch (Entry->d_tag) {
    case DT_STRTAB:
      Strings = reinterpret_cast<const char *>(address(Value));
      break;
    case DT_STRSZ:
      StringsSize = Value;
      break;
    case DT_SYMTAB:
      Symbols = reinterpret_cast<const Symbol *>(address(Value));
      break;
    case DT_SONAME:
      NameAt = Value;
      break;
    case DT_GNU_HASH:
      GnuHash = reinterpret_cast<const uint32_t *>(address(Value));
      break;
    case DT_HASH:
      SysVHash = reinterpret_cast<const ElfW(Word) *>(address(Value));
      break;
    case DT_RELA:
    case DT_REL:
      Data.At = address(Value);
      Data.EntrySize = Entry->d_tag == DT_RELA ? sizeof(ElfW(Rela)) : sizeof(ElfW(Rel));
      break;
    case DT_RELASZ:
    case DT_RELSZ:
      Data.Size = Value;
      break;
    case DT_RELACOUNT:
    case DT_RELCOUNT:
      Relative = Value;
      break;
    case DT_JMPREL:
      Calls.At = address(Value);
      break;
    case DT_PLTRELSZ:
      Calls.Size = Value;
      break;
    case DT_PLTREL:
      Calls.EntrySize = Value == DT_RELA ? sizeof(ElfW(Rela)) : sizeof(ElfW(Rel));
      break;
    default:
      break;
    }
  }
  if (!Strings || !holds(reinterpret_cast<uintptr_t>(Strings) + StringsSize - 1)) {
    Strings = "";
    StringsSize = 0;
  }
  if (NameAt < StringsSize)
    Soname = Strings + NameAt;
  size_t Skipped = std::min(Relative * Data.EntrySize, Data.Size);
  Data.At += Skipped;
  Data.Size -= Skipped;
  for (Table &T : Relocations)
    if (!Symbols || !holds(T.At) || T.Size > End - T.At)
      T = {};
}

uintptr_t DynamicSection::address(uintptr_t Value) const {
  if (holds(Value))
    return Value;
  return holds(Base + Value) ? Base + Value : 0;
}

uintptr_t DynamicSection::definition(const char *Name) const {
  const Symbol *S = lookUp(Name);
  return S && S->st_shndx != SHN_UNDEF ? Base + S->st_value : 0;
}

const DynamicSection::Symbol *DynamicSection::lookUp(const char *Name) const {
  if (!Symbols)
    return nullptr;
  return GnuHash ? lookUpGnu(Name) : SysVHash ? lookUpSysV(Name) : nullptr;
}

const DynamicSection::Symbol *DynamicSection::lookUpGnu(const char *Name) const {
  uint32_t BucketCount = GnuHash[0], FirstSymbol = GnuHash[1], BloomSize = GnuHash[2],
           BloomShift = GnuHash[3];
  if (!BucketCount || !BloomSize)
    return nullptr;
  const auto *Bloom = reinterpret_cast<const ElfW(Addr) *>(GnuHash + 4);
  const auto *Buckets = reinterpret_cast<const uint32_t *>(Bloom + BloomSize);
  const uint32_t *Chains = Buckets + BucketCount;
  uint32_t Hash = gnuHash(Name);
  ElfW(Addr) Word = Bloom[(Hash / WordBits) % BloomSize];
  if (!((Word >> (Hash % WordBits)) & (Word >> ((Hash >> BloomShift) % WordBits)) & 1))
    return nullptr;
  for (uint32_t I = Buckets[Hash % BucketCount]; I >= FirstSymbol && I; ++I) {
    uint32_t Chained = Chains[I - FirstSymbol];
    if ((Chained | 1) == (Hash | 1) && !std::strcmp(nameOf(Symbols[I]), Name))
      return &Symbols[I];
    if (Chained & 1)
      break;
  }
  return nullptr;
}

const DynamicSection::Symbol *DynamicSection::lookUpSysV(const char *Name) const {
  ElfW(Word) BucketCount = SysVHash[0], ChainCount = SysVHash[1];
  if (!BucketCount)
    return nullptr;
  const ElfW(Word) *Buckets = SysVHash + 2, *Chains = Buckets + BucketCount;
  for (ElfW(Word) I = Buckets[sysVHash(Name) % BucketCount]; I && I < ChainCount; I = Chains[I])
    if (!std::strcmp(nameOf(Symbols[I]), Name))
      return &Symbols[I];
  return nullptr;
}

DynamicSection::Slot DynamicSection::slotOf(const Table &T, size_t Index) const {
  // What comes before the addend is the same in both kinds.
  const auto &R = *reinterpret_cast<const ElfW(Rel) *>(T.At + Index * T.EntrySize);
  if (!fillsSlot(typeOf(R.r_info)))
    return {};
  uintptr_t At = Base + R.r_offset;
  if (!holds(At))
    return {};
  const Symbol &S = Symbols[symbolOf(R.r_info)];
  return {nameOf(S), At, S.st_info >> 4 == STB_WEAK && S.st_shndx == SHN_UNDEF};
}

} // namespace connsan::runtime
