#include "ElfFile.h"

#include <algorithm>
#include <cstring>
#include <elf.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace connsan::tool {

namespace {

#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
constexpr unsigned char NativeOrder = ELFDATA2LSB;
#else
constexpr unsigned char NativeOrder = ELFDATA2MSB;
#endif
constexpr unsigned char NativeClass = sizeof(void *) == 8 ? ELFCLASS64 : ELFCLASS32;

constexpr uint64_t LongestName = 4096;
constexpr size_t MostDynamic = 1u << 16;
constexpr uint64_t MostNotes = 1u << 20;
constexpr size_t LongestBuildId = 64;
constexpr uint64_t Block = 1u << 20;

} // namespace

ElfFile::ElfFile(const std::string &Path) : File(open(Path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK)) {
  struct stat Status;
  if (File < 0 || fstat(File, &Status) != 0 || !S_ISREG(Status.st_mode))
    return;
  Size = static_cast<uint64_t>(Status.st_size);
  // This much is the same in both classes.
  constexpr size_t Common = offsetof(ElfW(Ehdr), e_version);
  if (!read(0, &Header, Common) || std::memcmp(Header.e_ident, ELFMAG, SELFMAG) != 0)
    return;
  Machine = Header.e_machine;
  if (Header.e_ident[EI_DATA] != NativeOrder)
    Machine = ((Machine & 0xffu) << 8) | (Machine >> 8);
  Valid = true;
  if (Header.e_ident[EI_DATA] != NativeOrder || Header.e_ident[EI_CLASS] != NativeClass)
    return;
  Valid = read(0, &Header, sizeof Header) && (Header.e_type == ET_EXEC || Header.e_type == ET_DYN);
  if (Valid)
    Segments = table<Segment>(Header.e_phoff, Header.e_phnum, Header.e_phentsize);
}

ElfFile::~ElfFile() {
  if (File >= 0)
    close(File);
}

bool ElfFile::sameKind(const ElfFile &Other) const {
  return Machine == Other.Machine && Header.e_ident[EI_CLASS] == Other.Header.e_ident[EI_CLASS] &&
         Header.e_ident[EI_DATA] == Other.Header.e_ident[EI_DATA];
}

bool ElfFile::read(uint64_t At, void *To, uint64_t Count) {
  if (At > Size || Count > Size - At || Count > Budget)
    return false;
  Budget -= Count;
  for (uint64_t Done = 0; Done < Count;) {
    ssize_t Got = pread(File, static_cast<char *>(To) + Done, Count - Done, static_cast<off_t>(At + Done));
    // The file can have become shorter.
    if (Got <= 0)
      return false;
    Done += static_cast<uint64_t>(Got);
  }
  return true;
}

template<typename Entry> std::vector<Entry> ElfFile::table(uint64_t At, size_t Count, size_t EntrySize) {
  std::vector<Entry> Result;
  if (EntrySize != sizeof(Entry) || At > Size || Count > (Size - At) / sizeof(Entry))
    return Result;
  Result.resize(Count);
  if (!read(At, Result.data(), Count * sizeof(Entry)))
    Result.clear();
  return Result;
}

template<typename Callback>
void ElfFile::search(uint64_t At, uint64_t Count, const std::vector<std::string> &Texts, Callback Found) {
  if (At >= Size)
    return;
  Count = std::min(Count, Size - At);
  size_t Overlap = 0;
  for (const std::string &Text : Texts)
    Overlap = std::max(Overlap, Text.size() - 1);
  std::vector<char> Buffer(std::min(Block + Overlap, Count));
  for (uint64_t Begin = 0; Begin < Count; Begin += Block) {
    uint64_t Length = std::min<uint64_t>(Count - Begin, Buffer.size());
    if (!read(At + Begin, Buffer.data(), Length))
      return;
    for (size_t T = 0; T < Texts.size(); ++T) {
      const char *Place = Buffer.data(), *End = Place + Length;
      while (const void *Hit =
                 memmem(Place, static_cast<size_t>(End - Place), Texts[T].data(), Texts[T].size())) {
        Place = static_cast<const char *>(Hit);
        if (!Found(T, Begin + static_cast<uint64_t>(Place - Buffer.data())))
          return;
        ++Place;
      }
    }
  }
}

std::string ElfFile::textAt(uint64_t At, uint64_t Most) {
  if (At >= Size)
    return {};
  std::string Result(std::min({Most, Size - At, LongestName}), '\0');
  if (!read(At, Result.data(), Result.size()))
    return {};
  Result.resize(std::min(Result.find('\0'), Result.size()));
  return Result;
}

std::string ElfFile::interpreter() {
  for (const Segment &S : Segments)
    if (S.p_type == PT_INTERP)
      return textAt(S.p_offset, S.p_filesz);
  return {};
}

std::vector<std::string> ElfFile::namesOf(int64_t Tag) {
  std::vector<std::string> Result;
  auto Dynamic =
      std::find_if(Segments.begin(), Segments.end(), [](const Segment &S) { return S.p_type == PT_DYNAMIC; });
  if (Dynamic == Segments.end())
    return Result;
  auto Entries = table<ElfW(Dyn)>(Dynamic->p_offset,
                                  std::min<size_t>(Dynamic->p_filesz / sizeof(ElfW(Dyn)), MostDynamic),
                                  sizeof(ElfW(Dyn)));
  auto End = std::find_if(Entries.begin(), Entries.end(), [](const auto &E) { return E.d_tag == DT_NULL; });
  auto Strings = std::find_if(Entries.begin(), End, [](const auto &E) { return E.d_tag == DT_STRTAB; });
  if (Strings == End)
    return Result;
  uint64_t Address = Strings->d_un.d_ptr;
  for (const Segment &S : Segments) {
    if (S.p_type != PT_LOAD || Address < S.p_vaddr || Address - S.p_vaddr >= S.p_filesz)
      continue;
    uint64_t Before = Address - S.p_vaddr;
    if (S.p_offset > Size || Before > Size - S.p_offset)
      return Result;
    uint64_t Begin = S.p_offset + Before, Length = std::min(S.p_filesz - Before, Size - Begin);
    for (auto E = Entries.begin(); E != End; ++E)
      if (E->d_tag == Tag && E->d_un.d_val < Length)
        Result.push_back(textAt(Begin + E->d_un.d_val, Length - E->d_un.d_val));
    break;
  }
  return Result;
}

std::string ElfFile::nameOf(int64_t Tag) {
  auto Names = namesOf(Tag);
  return Names.empty() ? std::string() : Names.front();
}

bool ElfFile::needs(const std::vector<std::string_view> &Prefixes) {
  for (const std::string &Name : namesOf(DT_NEEDED))
    for (std::string_view Prefix : Prefixes)
      if (Name.starts_with(Prefix))
        return true;
  return false;
}

std::vector<ElfFile::Section> ElfFile::sections() {
  return table<Section>(Header.e_shoff, Header.e_shnum, Header.e_shentsize);
}

template<typename Callback> void ElfFile::eachSymbol(const Section &Symbols, Callback Found) {
  if (Symbols.sh_entsize != sizeof(ElfW(Sym)))
    return;
  constexpr size_t Step = Block / sizeof(ElfW(Sym));
  for (uint64_t Left = Symbols.sh_size / sizeof(ElfW(Sym)), At = Symbols.sh_offset; Left;) {
    size_t Count = std::min<uint64_t>(Left, Step);
    auto Entries = table<ElfW(Sym)>(At, Count, sizeof(ElfW(Sym)));
    if (Entries.empty())
      return;
    for (const auto &S : Entries)
      if (S.st_shndx != SHN_UNDEF && !Found(S))
        return;
    Left -= Count;
    At += Count * sizeof(ElfW(Sym));
  }
}

bool ElfFile::definesIn(const Section &Symbols, const Section &Names, std::string_view Symbol) {
  // The linker lets one name serve as the end of a longer one.
  std::vector<uint64_t> Places;
  constexpr size_t MostPlaces = 64;
  std::string Text = std::string(Symbol) + '\0';
  search(Names.sh_offset, Names.sh_size, {Text}, [&Places](size_t, uint64_t At) {
    Places.push_back(At);
    return Places.size() < MostPlaces;
  });
  bool Defined = false;
  if (!Places.empty())
    eachSymbol(Symbols, [&](const ElfW(Sym) & S) {
      Defined = std::find(Places.begin(), Places.end(), S.st_name) != Places.end();
      return !Defined;
    });
  return Defined;
}

bool ElfFile::defines(std::string_view Symbol) {
  auto Sections = sections();
  for (unsigned Type : {SHT_SYMTAB, SHT_DYNSYM}) {
    auto S = std::find_if(Sections.begin(), Sections.end(),
                          [Type](const Section &One) { return One.sh_type == Type; });
    if (S != Sections.end() && S->sh_link < Sections.size() && definesIn(*S, Sections[S->sh_link], Symbol))
      return true;
  }
  return false;
}

std::map<uint64_t, std::string> ElfFile::functionsAt(std::set<uint64_t> Addresses) {
  std::map<uint64_t, std::string> Result;
  auto Sections = sections();
  for (unsigned Type : {SHT_SYMTAB, SHT_DYNSYM})
    for (const Section &Symbols : Sections) {
      if (Symbols.sh_type != Type || Symbols.sh_link >= Sections.size())
        continue;
      const Section &Names = Sections[Symbols.sh_link];
      eachSymbol(Symbols, [&](const ElfW(Sym) & S) {
        // The low bits of the type are at the same place in both classes.
        unsigned Kind = ELF64_ST_TYPE(S.st_info);
        if ((Kind != STT_FUNC && Kind != STT_GNU_IFUNC) || S.st_name >= Names.sh_size)
          return true;
        auto A = Addresses.lower_bound(S.st_value);
        while (A != Addresses.end() && *A - S.st_value < S.st_size) {
          std::string Name = textAt(Names.sh_offset + S.st_name, Names.sh_size - S.st_name);
          if (!Name.empty())
            Result.emplace(*A, std::move(Name));
          A = Addresses.erase(A);
        }
        return !Addresses.empty();
      });
    }
  return Result;
}

bool ElfFile::hasCodeAt(uint64_t Address) const {
  return std::any_of(Segments.begin(), Segments.end(), [Address](const Segment &S) {
    return S.p_type == PT_LOAD && (S.p_flags & PF_X) && Address >= S.p_vaddr &&
           Address - S.p_vaddr < S.p_memsz;
  });
}

std::string ElfFile::buildIdIn(uint64_t At, uint64_t Count, uint64_t Alignment) {
  auto Notes = table<unsigned char>(At, std::min(Count, MostNotes), 1);
  uint64_t Unit = Alignment == 8 ? 8 : 4;
  auto Aligned = [Unit](uint64_t Place) { return (Place + Unit - 1) / Unit * Unit; };
  ElfW(Nhdr) Note;
  for (uint64_t Place = 0; Place + sizeof Note <= Notes.size();) {
    std::memcpy(&Note, Notes.data() + Place, sizeof Note);
    uint64_t Name = Place + sizeof Note, Begin = Aligned(Name + Note.n_namesz), End = Begin + Note.n_descsz;
    if (End > Notes.size())
      break;
    if (Note.n_type == NT_GNU_BUILD_ID && Note.n_namesz == sizeof ELF_NOTE_GNU &&
        std::memcmp(Notes.data() + Name, ELF_NOTE_GNU, sizeof ELF_NOTE_GNU) == 0 &&
        Note.n_descsz <= LongestBuildId) {
      std::string Result;
      for (uint64_t I = Begin; I < End; ++I)
        for (unsigned Digit : {Notes[I] >> 4, Notes[I] & 0xf})
          Result += "0123456789abcdef"[Digit];
      return Result;
    }
    Place = Aligned(End);
  }
  return {};
}

std::string ElfFile::buildId() {
  for (const Segment &S : Segments)
    if (S.p_type == PT_NOTE)
      if (std::string Id = buildIdIn(S.p_offset, S.p_filesz, S.p_align); !Id.empty())
        return Id;
  // In a file of debug information the program's segments can be empty.
  for (const Section &S : sections())
    if (S.sh_type == SHT_NOTE)
      if (std::string Id = buildIdIn(S.sh_offset, S.sh_size, S.sh_addralign); !Id.empty())
        return Id;
  return {};
}

bool ElfFile::holds(const std::vector<std::string> &Texts) {
  std::vector<bool> Seen(Texts.size());
  for (const Segment &S : Segments)
    if (S.p_type == PT_LOAD)
      search(S.p_offset, S.p_filesz, Texts, [&Seen](size_t Text, uint64_t) {
        Seen[Text] = true;
        return std::find(Seen.begin(), Seen.end(), false) != Seen.end();
      });
  return std::find(Seen.begin(), Seen.end(), false) == Seen.end();
}

} // namespace connsan::tool
