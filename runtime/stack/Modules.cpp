#include "stack/Modules.h"

#include "stack/Loader.h"

#include <algorithm>
#include <cstring>
#include <elf.h>
#include <link.h>
#include <new>
#include <unistd.h>
#include <vector>

namespace connsan::runtime {

namespace {

/// A module that was loaded at some time.
struct Remembered {
  Module In;
  uintptr_t Begin, End;
};

std::mutex Mutex;

std::vector<Remembered> &history() {
  static auto *History = new std::vector<Remembered>;
  return *History;
}

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

Module moduleOf(const dl_phdr_info &Info) {
  return {Info.dlpi_name ? Info.dlpi_name : "", Info.dlpi_addr, buildIdOf(Info)};
}

int visit(dl_phdr_info *Info, size_t, void *Data) {
  auto &Q = *static_cast<Query *>(Data);
  if (!holds(*Info, Q.Address))
    return 0;
  Q.Found = true;
  *Q.Out = moduleOf(*Info);
  return 1;
}

int remember(dl_phdr_info *Info, size_t, void *) {
  Remembered R{moduleOf(*Info), Info->dlpi_addr, Info->dlpi_addr};
  for (unsigned I = 0; I < Info->dlpi_phnum; ++I)
    if (Info->dlpi_phdr[I].p_type == PT_LOAD)
      R.End = std::max(R.End, R.Begin + Info->dlpi_phdr[I].p_vaddr + Info->dlpi_phdr[I].p_memsz);
  // What was at its place before is overwritten; what is the same is there already.
  std::erase_if(history(), [&R](const Remembered &Old) { return Old.Begin < R.End && R.Begin < Old.End; });
  history().push_back(std::move(R));
  return 0;
}

bool recall(uintptr_t Address, Module &Out) {
  std::lock_guard Lock(Mutex);
  for (const Remembered &R : history())
    if (Address >= R.Begin && Address < R.End) {
      Out = R.In;
      return true;
    }
  return false;
}

} // namespace

bool findModule(uintptr_t Address, Module &Out) {
  Query Q{Address, &Out};
  iterateModules(visit, &Q);
  if (!Q.Found && !recall(Address, Out))
    return false;
  // The program itself has no name in the loader's list.
  if (Out.Path.empty())
    Out.Path = programPath();
  return true;
}

std::string programPath() {
  char Buffer[4096];
  ssize_t Length = readlink("/proc/self/exe", Buffer, sizeof Buffer);
  return Length > 0 ? std::string(Buffer, static_cast<size_t>(Length)) : "(program)";
}

void rememberModules() {
  try {
    std::lock_guard Lock(Mutex);
    iterateModules(remember, nullptr);
  } catch (const std::bad_alloc &) {
    // Frames of what is unloaded stay without a module.
  }
}

std::mutex &modulesMutex() {
  return Mutex;
}

} // namespace connsan::runtime
