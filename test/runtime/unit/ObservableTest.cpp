#include "Observable.h"
#include "ElfFile.h"

#include <cstring>
#include <dlfcn.h>
#include <fstream>
#include <gtest/gtest.h>
#include <iterator>
#include <random>
#include <sys/mman.h>
#include <unistd.h>

using namespace connsan::tool;

namespace {

/// A file that has a path but no place.
class MemoryFile {
public:
  explicit MemoryFile(const std::string &Content) : File(memfd_create("elf", MFD_CLOEXEC)) { write(Content); }
  ~MemoryFile() { close(File); }
  MemoryFile(const MemoryFile &) = delete;
  MemoryFile &operator=(const MemoryFile &) = delete;

  void write(const std::string &Content) {
    EXPECT_EQ(ftruncate(File, 0), 0);
    EXPECT_EQ(pwrite(File, Content.data(), Content.size(), 0), static_cast<ssize_t>(Content.size()));
  }
  std::string path() const { return "/proc/self/fd/" + std::to_string(File); }

private:
  int File;
};

const char *const Own = "/proc/self/exe";

std::string contentOf(const char *Path) {
  std::ifstream File(Path, std::ios::binary);
  return {std::istreambuf_iterator<char>(File), {}};
}

/// Asks everything there is to ask. What is answered matters little, as long as it ends.
size_t ask(const std::string &Path) {
  ElfFile File(Path);
  size_t Sum = File.interpreter().size() + File.soname().size();
  Sum += File.needs({"libpq."}) + File.defines("PQconnectdb") + File.defines("main");
  Sum += File.holds({"no such text", "connection"});
  Sum += File.buildId().size() + File.hasCodeAt(0x1000);
  for (const auto &[Address, Symbol] : File.functionsAt({0, 0x1000, 0x3000, ~uint64_t(0)}))
    Sum += Symbol.size();
  return Sum + obstaclesTo(Path, Own, true).size();
}

TEST(ElfFile, AnswersOfThisProgram) {
  ElfFile File(Own);
  EXPECT_TRUE(File.valid());
  EXPECT_TRUE(File.hasSegments());
  EXPECT_TRUE(File.sameKind(File));
  EXPECT_EQ(File.soname(), "");
  EXPECT_NE(File.interpreter().find("/ld-"), std::string::npos);
  EXPECT_TRUE(File.needs({"libpq.", "libc."}));
  EXPECT_FALSE(File.needs({"libpq.", "ibc."}));
  EXPECT_TRUE(File.defines("main"));
  EXPECT_FALSE(File.defines("memfd_create"));
  EXPECT_FALSE(File.defines("nonesuch"));
  EXPECT_TRUE(File.holds({"File.holds(", "one of the "}));
  EXPECT_FALSE(File.holds({"File.holds(", std::string("put together ") + "only here"}));
  EXPECT_TRUE(obstaclesTo(Own, Own, true).empty());
}

/// Where this program's code is, as it was linked.
uint64_t linkedAddressOf(const void *Address) {
  Dl_info Information;
  void *Map = nullptr;
  EXPECT_NE(dladdr1(Address, &Information, &Map, RTLD_DL_LINKMAP), 0);
  return reinterpret_cast<uintptr_t>(Address) - static_cast<link_map *>(Map)->l_addr;
}

// With a C name, which the test can tell.
extern "C" int connsanTestFunction(int Value) {
  return Value / 3;
}

TEST(ElfFile, FunctionsOfThisProgram) {
  ElfFile File(Own);
  uint64_t Begin = linkedAddressOf(reinterpret_cast<const void *>(&connsanTestFunction));
  EXPECT_TRUE(File.hasCodeAt(Begin));
  EXPECT_FALSE(File.hasCodeAt(linkedAddressOf(Own)));
  EXPECT_FALSE(File.hasCodeAt(~uint64_t(0)));
  auto Functions = File.functionsAt({0, Begin, Begin + 1, ~uint64_t(0)});
  ASSERT_EQ(Functions.size(), 2u);
  EXPECT_EQ(Functions.at(Begin), "connsanTestFunction");
  EXPECT_EQ(Functions.at(Begin + 1), "connsanTestFunction");
  EXPECT_TRUE(File.functionsAt({}).empty());
}

/// The least that is an ELF file, with one segment and one section of these notes; a count of 0 leaves one
/// out.
std::string withNotes(const std::string &Notes, unsigned Alignment, uint16_t Segments, uint16_t Sections) {
  struct {
    ElfW(Ehdr) Header;
    ElfW(Phdr) Segment;
    ElfW(Shdr) Section;
  } File = {};
  std::memcpy(File.Header.e_ident, ELFMAG, SELFMAG);
  File.Header.e_ident[EI_CLASS] = sizeof(void *) == 8 ? ELFCLASS64 : ELFCLASS32;
  File.Header.e_ident[EI_DATA] = __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__ ? ELFDATA2LSB : ELFDATA2MSB;
  File.Header.e_type = ET_DYN;
  File.Header.e_phoff = offsetof(decltype(File), Segment);
  File.Header.e_shoff = offsetof(decltype(File), Section);
  File.Header.e_phentsize = sizeof File.Segment;
  File.Header.e_shentsize = sizeof File.Section;
  File.Header.e_phnum = Segments;
  File.Header.e_shnum = Sections;
  File.Segment.p_type = PT_NOTE;
  File.Section.sh_type = SHT_NOTE;
  File.Segment.p_offset = File.Section.sh_offset = sizeof File;
  File.Segment.p_filesz = File.Section.sh_size = Notes.size();
  File.Segment.p_align = File.Section.sh_addralign = Alignment;
  return std::string(reinterpret_cast<const char *>(&File), sizeof File) + Notes;
}

std::string note(uint32_t Type, std::string Name, std::string Content, unsigned Alignment) {
  ElfW(Nhdr) Head = {static_cast<uint32_t>(Name.size()), static_cast<uint32_t>(Content.size()), Type};
  std::string Result(reinterpret_cast<const char *>(&Head), sizeof Head);
  for (const std::string &Part : {Name, Content}) {
    Result += Part;
    Result.append((Alignment - Result.size() % Alignment) % Alignment, '\0');
  }
  return Result;
}

std::string buildIdOf(const std::string &Content) {
  return ElfFile(MemoryFile(Content).path()).buildId();
}

TEST(ElfFile, BuildId) {
  const std::string Gnu("GNU\0", 4), Id("\x01\xab\xff\x00\x7f", 5);
  for (unsigned Alignment : {4u, 8u}) {
    std::string Notes = note(NT_GNU_PROPERTY_TYPE_0, Gnu, std::string(16, '\x3'), Alignment) +
                        note(NT_GNU_BUILD_ID, std::string("Odd\0", 4), "wrong", Alignment) +
                        note(NT_GNU_BUILD_ID, Gnu, Id, Alignment);
    EXPECT_EQ(buildIdOf(withNotes(Notes, Alignment, 1, 0)), "01abff007f");
    EXPECT_EQ(buildIdOf(withNotes(Notes, Alignment, 0, 1)), "01abff007f");
    EXPECT_EQ(buildIdOf(withNotes(Notes, Alignment, 0, 0)), "");
  }
  // What is longer than any that a linker makes, or than its segment.
  EXPECT_EQ(buildIdOf(withNotes(note(NT_GNU_BUILD_ID, Gnu, std::string(1000, 'x'), 4), 4, 1, 1)), "");
  std::string Long = note(NT_GNU_BUILD_ID, Gnu, Id, 4);
  for (size_t Length = 0; Length < Long.size() - 4; ++Length)
    EXPECT_EQ(buildIdOf(withNotes(Long.substr(0, Length), 4, 1, 1)), "") << Length;
  ElfW(Nhdr) Huge = {0xffffffff, 0xffffffff, NT_GNU_BUILD_ID};
  EXPECT_EQ(
      buildIdOf(withNotes(std::string(reinterpret_cast<const char *>(&Huge), sizeof Huge) + Gnu, 4, 1, 1)),
      "");
}

TEST(ElfFile, NoElfFile) {
  for (const char *Path : {"/nonesuch", "/", "/dev/null", "/dev/zero", "/proc/self/status"}) {
    EXPECT_FALSE(ElfFile(Path).valid()) << Path;
    EXPECT_EQ(ask(Path), 0u) << Path;
  }
}

/// A program of some thousand bytes with all that is asked for: tables, a loader, needed libraries, symbols.
std::string smallProgram() {
  return contentOf("/bin/true");
}

TEST(ElfFile, CutOffAnywhere) {
  std::string Whole = smallProgram();
  ASSERT_GT(Whole.size(), 10'000u);
  MemoryFile File(Whole);
  size_t Full = ask(File.path());
  EXPECT_GT(Full, 10u);
  for (size_t Length = 0; Length < Whole.size(); Length += Length < 1024 ? 1 : 64) {
    File.write(Whole.substr(0, Length));
    // Nothing is made up.
    EXPECT_LE(ask(File.path()), Full + 1) << Length;
  }
}

TEST(ElfFile, BytesChanged) {
  const std::string Whole = smallProgram();
  MemoryFile File(Whole);
  std::mt19937 Random(1);
  constexpr unsigned Rounds = 3000;
  for (unsigned Round = 0; Round < Rounds; ++Round) {
    std::string Changed = Whole;
    // The tables stand at the beginning and the end.
    size_t Region = Round % 3 == 0 ? Whole.size() : Round % 3 == 1 ? 1024 : 2048;
    for (unsigned I = 0, Count = 1 + Random() % 8; I < Count; ++I) {
      size_t At = Random() % Region;
      if (Round % 3 == 2)
        At = Whole.size() - 1 - At;
      Changed[At] = static_cast<char>(Random() % 4 ? Random() : Random() % 2 ? 0xff : 0);
    }
    File.write(Changed);
    ask(File.path());
  }
}

TEST(ElfFile, CountsThatAreTooLarge) {
  std::string Whole = smallProgram();
  auto With = [&Whole](auto Change) {
    ElfW(Ehdr) Header;
    std::memcpy(&Header, Whole.data(), sizeof Header);
    Change(Header);
    std::string Result = Whole;
    std::memcpy(Result.data(), &Header, sizeof Header);
    return Result;
  };
  for (uint64_t Offset : {uint64_t(0), Whole.size() - 1, Whole.size(), uint64_t(1) << 63, ~uint64_t(0)}) {
    MemoryFile File(With([Offset](auto &Header) {
      Header.e_phoff = Header.e_shoff = Offset;
      Header.e_phnum = Header.e_shnum = 0xffff;
    }));
    EXPECT_EQ(ask(File.path()), 0u) << Offset;
  }
}

} // namespace
