#include "stack/Libbacktrace.h"

#include "stack/Loader.h"
#include "stack/Modules.h"

#undef backtrace_create_state
#undef backtrace_pcinfo
#undef backtrace_syminfo

#include <cstring>
#include <elf.h>
#include <fcntl.h>
#include <link.h>
#include <memory>
#include <sys/auxv.h>
#include <unistd.h>

using PhdrCallback = int (*)(dl_phdr_info *, size_t, void *);

// libbacktrace walks all modules when a state is first used; the linker's --wrap lets it see the one module
// that the state is for.
extern "C" int __real_dl_iterate_phdr(PhdrCallback Callback, void *Data);
extern "C" int __wrap_dl_iterate_phdr(PhdrCallback Callback, void *Data);

namespace connsan::runtime {

namespace {

struct Entry {
  Module In;
  backtrace_state *State = nullptr; // null: nothing to be had from this module
};

// Used by one thread at a time, the one that reports; libbacktrace never frees a state either.
std::vector<std::unique_ptr<Entry>> &entries() {
  static auto *Entries = new std::vector<std::unique_ptr<Entry>>;
  return *Entries;
}

/// While a state is being filled, the only module it may see.
thread_local const Module *Only = nullptr;

struct Selected {
  dl_phdr_info Info;
  size_t Size = 0;
};

int copyOnlyOne(dl_phdr_info *Info, size_t Size, void *Data) {
  if (Info->dlpi_addr != Only->Base)
    return 0;
  *static_cast<Selected *>(Data) = {*Info, Size};
  return 1;
}

void ignoreError(void *, const char *, int) {}

/// Bytes of debug information in the file, uncompressed; 0 when it is no ELF file of this machine's class.
uint64_t debugSize(const char *Path) {
  int File = open(Path, O_RDONLY | O_CLOEXEC);
  if (File < 0)
    return 0;
  uint64_t Sum = 0;
  ElfW(Ehdr) Header;
  auto ReadAt = [File](void *To, size_t Size, uint64_t At) {
    return pread(File, To, Size, static_cast<off_t>(At)) == static_cast<ssize_t>(Size);
  };
  if (ReadAt(&Header, sizeof Header, 0) && !std::memcmp(Header.e_ident, ELFMAG, SELFMAG) &&
      Header.e_shentsize == sizeof(ElfW(Shdr)) && Header.e_shstrndx < Header.e_shnum) {
    std::vector<ElfW(Shdr)> Sections(Header.e_shnum);
    std::string Names;
    if (ReadAt(Sections.data(), Sections.size() * sizeof(ElfW(Shdr)), Header.e_shoff) &&
        Sections[Header.e_shstrndx].sh_size < (1u << 20)) {
      Names.resize(Sections[Header.e_shstrndx].sh_size);
      if (!ReadAt(Names.data(), Names.size(), Sections[Header.e_shstrndx].sh_offset))
        Names.clear();
    }
    for (const auto &Section : Sections) {
      if (Section.sh_name >= Names.size())
        continue;
      const char *Name = Names.c_str() + Section.sh_name;
      if (std::strncmp(Name, ".debug_", 7) != 0 && std::strncmp(Name, ".zdebug_", 8) != 0)
        continue;
      ElfW(Chdr) Compressed;
      if ((Section.sh_flags & SHF_COMPRESSED) && ReadAt(&Compressed, sizeof Compressed, Section.sh_offset))
        Sum += Compressed.ch_size;
      else
        Sum += Section.sh_size;
    }
  }
  close(File);
  return Sum;
}

constexpr uint64_t MostDebugInformation = 64u << 20;

bool worthReading(const Module &In, const char *Path) {
  uint64_t Size = debugSize(Path);
  if (In.BuildId.size() > 2) {
    std::string Separate =
        "/usr/lib/debug/.build-id/" + In.BuildId.substr(0, 2) + "/" + In.BuildId.substr(2) + ".debug";
    Size += debugSize(Separate.c_str());
  }
  return Size < MostDebugInformation;
}

const Module *mainProgram() {
  static const Module *Main = [] {
    auto *M = new Module;
    findModule(getauxval(AT_ENTRY), *M);
    return M;
  }();
  return Main;
}

Entry *entryFor(uintptr_t Address) {
  Module In;
  if (!findModule(Address, In))
    return nullptr;
  for (auto &E : entries())
    if (E->In.Base == In.Base && E->In.Path == In.Path)
      return E.get();
  auto New = std::make_unique<Entry>();
  New->In = In;
  // The program's file can be gone or replaced while it runs; the link in /proc still leads to it.
  const char *Path = In.Base == mainProgram()->Base ? "/proc/self/exe" : New->In.Path.c_str();
  if (worthReading(In, Path))
    New->State = backtrace_create_state(Path, 0, ignoreError, nullptr);
  entries().push_back(std::move(New));
  return entries().back().get();
}

struct Forward {
  backtrace_full_callback Callback;
  void *Data;
};

int keepLine(void *Data, uintptr_t Address, const char *File, int Line, const char *Function) {
  auto &F = *static_cast<Forward *>(Data);
  if (File || Function)
    lastLines().push_back({Function ? Function : "", File ? File : "", Line});
  return F.Callback(F.Data, Address, File, Line, Function);
}

} // namespace

std::vector<SourceLine> &lastLines() {
  static auto *Lines = new std::vector<SourceLine>;
  return *Lines;
}

backtrace_state *createState() {
  // Boost only asks whether there is one.
  static char Some;
  return reinterpret_cast<backtrace_state *>(&Some);
}

int pcInfo(uintptr_t Address, backtrace_full_callback Callback, backtrace_error_callback Error, void *Data) {
  lastLines().clear();
  Entry *E = entryFor(Address);
  if (!E || !E->State)
    return 0;
  Forward F{Callback, Data};
  Only = &E->In;
  int Result = backtrace_pcinfo(E->State, Address, keepLine, Error, &F);
  Only = nullptr;
  return Result;
}

int symInfo(uintptr_t Address, backtrace_syminfo_callback Callback, backtrace_error_callback Error,
            void *Data) {
  Entry *E = entryFor(Address);
  if (!E || !E->State)
    return 0;
  Only = &E->In;
  int Result = backtrace_syminfo(E->State, Address, Callback, Error, Data);
  Only = nullptr;
  return Result;
}

} // namespace connsan::runtime

extern "C" int __wrap_dl_iterate_phdr(PhdrCallback Callback, void *Data) {
  using namespace connsan::runtime;
  if (!Only)
    return __real_dl_iterate_phdr(Callback, Data);
  // Reading debug information takes its time, in which the program may want to load a library: not under the
  // lock.
  Selected S;
  iterateModules(copyOnlyOne, &S);
  return S.Size ? Callback(&S.Info, S.Size, Data) : 0;
}
