#pragma once

#include "llvm/ADT/SmallVector.h"

namespace clang {
class FunctionDecl;
} // namespace clang

namespace connsan {

/// The functions that a body refers to, each once, in source order.
llvm::SmallVector<const clang::FunctionDecl *, 8> referencedFunctions(const clang::FunctionDecl &Definition);

} // namespace connsan
