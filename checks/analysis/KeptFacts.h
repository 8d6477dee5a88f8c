#pragma once

#include "PlaceBase.h"
#include "SplitSource.h"

#include <map>
#include <memory>

namespace connsan {

/// What was read before a source itself. Two that are equal stand for the same headers.
struct HeadersRead {
  const void *Preamble = nullptr;
  std::uint64_t Built = 0; ///< how many preambles there have been by then, in the whole process
  bool operator==(const HeadersRead &) const = default;
};

/// For who parses one file again and again: the facts of functions that have not changed meanwhile. Their
/// places get numbers that stay when the functions move. Not thread-safe.
class KeptFacts {
public:
  /// In this thread the next syntax tree comes after these headers. Nothing is kept for one without.
  static void announce(HeadersRead Headers);
  /// Of the place of a fact: whether it is the same one in each tree.
  static bool stays(SourcePoint At) { return At.Raw >= First && (At.Raw & PlaceBase::MacroBit) == 0; }

  /// To be called with each syntax tree, which is what is asked for until the next one comes.
  void begin(clang::ASTContext &Context, llvm::ArrayRef<const clang::FunctionDecl *> Definitions);
  /// Null where there are none, as when the function is another one now.
  std::shared_ptr<const FunctionFacts> find(const clang::FunctionDecl &Definition, unsigned MaxBlocks) const;
  std::shared_ptr<const FunctionFacts> keep(const clang::FunctionDecl &Definition, unsigned MaxBlocks,
                                            FunctionFacts Facts);
  /// Where something is in the present tree.
  SourcePoint inTree(SourcePoint At) const;

private:
  /// Numbers that clang gives to nothing: behind what is in the file, and before what was in the preamble.
  static constexpr std::uint32_t First = PlaceBase::FirstKept;
  static constexpr std::uint32_t Last = PlaceBase::LastKept;

  struct Numbers {
    llvm::XXH128_hash_t Text;   ///< of the function
    std::uint32_t Begin = 0;    ///< of its first place
    std::uint32_t InMacros = 0; ///< of the first one in an expansion
    std::uint32_t End = 0;      ///< behind the last
  };
  struct Kept {
    Numbers Places;
    unsigned MaxBlocks = 0;
    std::shared_ptr<const FunctionFacts> Facts; ///< null before they are kept
  };
  void forget();
  Numbers newNumbers(const SeparateFunction &F) const;
  Numbers numbersFor(const SeparateFunction &F);
  std::optional<std::uint32_t> endOfNumbers(FunctionFacts &Facts, const SeparateFunction &F,
                                            const Numbers &Of) const;
  std::optional<std::uint32_t> numberOf(SourcePoint At, const SeparateFunction &F, const Numbers &Of) const;

  clang::ASTContext *Context = nullptr;
  std::optional<SplitSource> Source; ///< none where nothing can be kept
  std::string File;
  HeadersRead Headers;
  llvm::XXH128_hash_t Rest{};
  std::vector<Kept> Functions;                   ///< as those of `Source`
  std::vector<Numbers> Forgotten;                ///< those that were kept before
  std::map<std::uint32_t, std::size_t> ByNumber; ///< the functions
  std::uint32_t Next = First;
};

} // namespace connsan
