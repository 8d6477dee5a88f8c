#pragma once

#include "clang/Basic/SourceLocation.h"
#include "llvm/ADT/SetVector.h"
#include "llvm/ADT/SmallVector.h"

namespace clang {
class CXXRecordDecl;
class FunctionDecl;
} // namespace clang

namespace connsan {

struct Calls {
  /// By a copy constructor that nobody wrote.
  struct Copy {
    const clang::CXXRecordDecl *Class;
    clang::SourceLocation At;
  };
  llvm::SmallVector<const clang::FunctionDecl *, 8> Functions; ///< referred to, each once, in source order
  llvm::SmallVector<Copy, 0> Copies;
  llvm::SmallSetVector<const clang::CXXRecordDecl *, 4> Classes; ///< of objects that it makes or ends
  bool Throws = false;                                           ///< there is a throw-expression
};

/// What a body refers to.
Calls scanCalls(const clang::FunctionDecl &Definition);

} // namespace connsan
