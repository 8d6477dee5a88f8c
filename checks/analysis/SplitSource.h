#pragma once

#include "Facts.h"

#include "llvm/ADT/ArrayRef.h"
#include "llvm/Support/xxhash.h"

#include <optional>

namespace clang {
class ASTContext;
class FunctionDecl;
} // namespace clang

namespace connsan {

/// A function of which nothing but its own facts depends on what stands between its braces.
struct SeparateFunction {
  const clang::FunctionDecl *Definition = nullptr;
  // Offsets in the file.
  unsigned Begin = 0;
  unsigned Brace = 0; ///< the opening one
  unsigned End = 0;   ///< past the closing one
  llvm::XXH128_hash_t Text;
  std::uint32_t FirstInMacro = 0; ///< raw place in the first expansion of a macro; 0: there is none
};

/// The main file of a syntax tree, as functions and the rest. Not to be asked once the tree is gone.
class SplitSource {
public:
  SplitSource(clang::ASTContext &Context, llvm::ArrayRef<const clang::FunctionDecl *> Definitions);

  /// Of all tokens outside of these functions, and of what else was read after the preamble.
  llvm::XXH128_hash_t rest() const;
  /// In the order of the source.
  llvm::ArrayRef<SeparateFunction> functions() const { return Functions; }
  std::optional<std::size_t> indexOf(const clang::FunctionDecl &Definition) const;

private:
  /// The index of the function around an offset in the file.
  std::optional<std::size_t> around(unsigned Offset) const;
  std::optional<SeparateFunction> separate(const clang::FunctionDecl &Definition) const;
  void lookAtEntries();

  clang::ASTContext &Context;
  llvm::StringRef Text;
  std::vector<llvm::StringRef> Others; ///< texts
  std::vector<SeparateFunction> Functions;
};

} // namespace connsan
