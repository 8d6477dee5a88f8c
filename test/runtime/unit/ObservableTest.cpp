#include "Observable.h"
#include "ElfFile.h"

#include <cstring>
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
