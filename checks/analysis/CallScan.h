#pragma once

#include "llvm/ADT/SmallVector.h"

namespace clang {
class FunctionDecl;
} // namespace clang

namespace connsan {

struct Calls {
  llvm::SmallVector<const clang::FunctionDecl *, 8> Functions; ///< referred to, each once, in source order
  bool Throws = false;                                         ///< there is a throw-expression
};

/// What a body refers to.
Calls scanCalls(const clang::FunctionDecl &Definition);

} // namespace connsan
