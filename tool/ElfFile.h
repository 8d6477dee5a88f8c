#pragma once

#include <cstddef>
#include <cstdint>
#include <link.h>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace connsan::tool {

/// An ELF file of which a few things are asked. It may be cut off or made to do harm: what it says is checked
/// against its size, and the time that it can cost is bounded.
class ElfFile {
public:
  explicit ElfFile(const std::string &Path);
  ~ElfFile();
  ElfFile(const ElfFile &) = delete;
  ElfFile &operator=(const ElfFile &) = delete;

  /// Whether it can be run or loaded at all, as far as its first bytes tell.
  bool valid() const { return Valid; }
  bool is64Bit() const { return Header.e_ident[EI_CLASS] == ELFCLASS64; }
  unsigned machine() const { return Machine; }
  /// The same class, byte order and machine. The rest is only known of files that are of this program's kind.
  bool sameKind(const ElfFile &Other) const;

  bool hasSegments() const { return !Segments.empty(); }
  /// The loader that it asks for; empty without one.
  std::string interpreter();
  /// Its name as a shared library, or empty.
  std::string soname() { return nameOf(DT_SONAME); }
  /// Whether it needs a shared library whose name begins with one of `Prefixes`.
  bool needs(const std::vector<std::string_view> &Prefixes);
  /// Whether one of its symbol tables has a definition of `Symbol`.
  bool defines(std::string_view Symbol);
  /// Whether what is loaded of it holds all of `Texts`.
  bool holds(const std::vector<std::string> &Texts);
  /// What the linker named this build of it, in hexadecimal; empty without one.
  std::string buildId();
  /// Whether `Address`, as linked, is one of code.
  bool hasCodeAt(uint64_t Address) const;
  /// Those of `Addresses`, as linked, that lie in a function of its symbol tables, and the function's symbol.
  std::map<uint64_t, std::string> functionsAt(std::set<uint64_t> Addresses);

private:
  using Segment = ElfW(Phdr);
  using Section = ElfW(Shdr);

  bool read(uint64_t At, void *To, uint64_t Count);
  template<typename Entry> std::vector<Entry> table(uint64_t At, size_t Count, size_t EntrySize);
  /// Calls `Found(position)` for every place of the range that holds one of `Texts`, which are given by
  /// number.
  template<typename Callback>
  void search(uint64_t At, uint64_t Count, const std::vector<std::string> &Texts, Callback Found);
  std::vector<Section> sections();
  /// Calls `Found(symbol)` for every symbol of the table that is defined, until it returns false.
  template<typename Callback> void eachSymbol(const Section &Symbols, Callback Found);
  std::string buildIdIn(uint64_t At, uint64_t Count, uint64_t Alignment);
  bool definesIn(const Section &Symbols, const Section &Names, std::string_view Symbol);
  std::vector<std::string> namesOf(int64_t Tag);
  std::string nameOf(int64_t Tag);
  std::string textAt(uint64_t At, uint64_t Most);

  int File = -1;
  uint64_t Size = 0;
  /// How many more bytes may be read.
  uint64_t Budget = uint64_t(4) << 30;
  bool Valid = false;
  unsigned Machine = 0;
  ElfW(Ehdr) Header {};
  std::vector<Segment> Segments;
};

} // namespace connsan::tool
