#pragma once

#include "clang/AST/Type.h"
#include "llvm/ADT/SmallVector.h"

#include <optional>
#include <string>

namespace clang {
class CXXMethodDecl;
} // namespace clang

/// The classes of the standard library that are followed by what they are specified to do, rather than by the
/// bodies of one implementation.
namespace connsan {

/// A std::unique_ptr for a single object, or a std::shared_ptr for one of C.
struct StandardOwner {
  bool IsShared = false;
  clang::QualType Element;
  /// What it does to the pointer that it holds.
  enum class Deleter {
    Other,    ///< something that is not followed
    Delete,   ///< deletes it
    Object,   ///< calls `Call` of the deleter
    Function, ///< calls the function to which the deleter points
  } Deletes = Deleter::Other;
  const clang::CXXMethodDecl *Call = nullptr;
  clang::QualType DeleterType; ///< null where it is not part of the type
};

std::optional<StandardOwner> standardOwner(clang::QualType Type);

/// The call operator of a class that has a body and takes one argument; null when there is none.
const clang::CXXMethodDecl *callOperatorOf(clang::QualType Class);

/// A std::pair or std::tuple.
struct StandardProduct {
  llvm::SmallVector<clang::QualType, 4> Elements;
  bool IsPair = false;
  /// The name of the place of an element.
  std::string field(std::size_t Index) const;
};

std::optional<StandardProduct> standardProduct(clang::QualType Type);

/// A std::variant some of whose alternatives are pointers, and none owns what it is given.
struct StandardVariant {
  llvm::SmallVector<clang::QualType, 4> Alternatives;
  /// The name of the place of an alternative.
  static std::string field(std::size_t Index) { return "*" + std::to_string(Index); }
};

std::optional<StandardVariant> standardVariant(clang::QualType Type);

/// Whether it is a std::optional of a pointer.
bool isStandardOptional(clang::QualType Type);

} // namespace connsan
