#include "stack/Modules.h"

#include "stack/Loader.h"

#include <cstring>
#include <elf.h>
#include <link.h>
#include <unistd.h>

namespace connsan::runtime {

namespace {

struct Query {
  uintptr_t Address;
  Module *Out;
  bool Found = false;
};

bool holds(const dl_phdr_info &Info, uintptr_t Address) {
  for (unsigned I = 0; I < Info.dlpi_phnum; ++I) {
    const ElfW(Phdr) &Header = Info.dlpi_phdr[I];
    uintptr_t Begin = Info.dlpi_addr + Header.p_vaddr;
    if (Header.p_type == PT_LOAD && Address >= Begin && Address - Begin < Header.p_memsz)
      return true;
  }
  return false;
}

std::string buildIdOf(const dl_phdr_info &Info) {
  for (unsigned I = 0; I < Info.dlpi_phnum; ++I) {
    const ElfW(Phdr) &Header = Info.dlpi_phdr[I];
    if (Header.p_type != PT_NOTE)
      continue;
    const char *At = reinterpret_cast<const char *>(Info.dlpi_addr + Header.p_vaddr);
    const char *End = At + Header.p_memsz;
    auto Padded = [&](size_t Size) {
      size_t Align = Header.p_align == 8 ? 8 : 4;
      return (Size + Align - 1) & ~(Align - 1);
    };
    while (At + sizeof(ElfW(Nhdr)) <= End) {
      ElfW(Nhdr) Note;
      std::memcpy(&Note, At, sizeof Note);
      const char *Name = At + sizeof Note;
      const char *Desc = Name + Padded(Note.n_namesz);
      if (Desc + Note.n_descsz > End)
        break;
      if (Note.n_type == NT_GNU_BUILD_ID && Note.n_namesz == 4 && !std::memcmp(Name, "GNU", 4)) {
        std::string Hex;
        for (unsigned B = 0; B < Note.n_descsz; ++B) {
          constexpr char Digits[] = "0123456789abcdef";
          auto Byte = static_cast<unsigned char>(Desc[B]);
          Hex += Digits[Byte >> 4];
          Hex += Digits[Byte & 15];
        }
        return Hex;
      }
      At = Desc + Padded(Note.n_descsz);
    }
  }
  return {};
}

int visit(dl_phdr_info *Info, size_t, void *Data) {
  auto &Q = *static_cast<Query *>(Data);
  if (!holds(*Info, Q.Address))
    return 0;
  Q.Found = true;
  Q.Out->Path = Info->dlpi_name ? Info->dlpi_name : "";
  Q.Out->Base = Info->dlpi_addr;
  Q.Out->BuildId = buildIdOf(*Info);
  return 1;
}

} // namespace

bool findModule(uintptr_t Address, Module &Out) {
  Query Q{Address, &Out};
  iterateModules(visit, &Q);
  if (!Q.Found)
    return false;
  if (Out.Path.empty()) {
    // The program itself has no name in the loader's list.
    char Buffer[4096];
    ssize_t Length = readlink("/proc/self/exe", Buffer, sizeof Buffer);
    Out.Path = Length > 0 ? std::string(Buffer, static_cast<size_t>(Length)) : "(program)";
  }
  return true;
}

} // namespace connsan::runtime
