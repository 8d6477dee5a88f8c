#pragma once

#include "clang/AST/Type.h"

namespace clang {
class ClassTemplateSpecializationDecl;
class CXXMethodDecl;
} // namespace clang

/// The owners of the standard library that are followed by what they are specified to do, rather than by the
/// bodies of one implementation.
namespace connsan {

/// The instance of std::unique_ptr for a single object that a type is; null when it is none.
const clang::ClassTemplateSpecializationDecl *uniquePointer(clang::QualType Type);

/// What a std::unique_ptr does to the pointer that it holds.
struct Deleter {
  enum class Kind {
    Other,    ///< something that is not followed
    Object,   ///< calls `Call` of the deleter
    Function, ///< calls the function to which the deleter points
  } What = Kind::Other;
  const clang::CXXMethodDecl *Call = nullptr;
};

Deleter deleterOf(const clang::ClassTemplateSpecializationDecl &UniquePointer);

} // namespace connsan
