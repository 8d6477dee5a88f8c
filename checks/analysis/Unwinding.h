#pragma once

#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/SmallVector.h"

namespace clang {
class ASTContext;
class CXXCatchStmt;
class CXXThrowExpr;
class FunctionDecl;
class VarDecl;
} // namespace clang

namespace connsan {

/// Where an exception goes that a function throws: clang's CFG leaves out what dies on the way.
struct Unwinding {
  /// The local variables that end, in order.
  llvm::SmallVector<const clang::VarDecl *, 4> Ended;
  /// Who catches it; null when it leaves the function.
  const clang::CXXCatchStmt *Handler = nullptr;
};

/// Of each throw-expression of the function whose way is certain. A rethrow inside another try-block may go
/// several ways, and what leaves a function that must not throw ends the process: these are left out.
llvm::DenseMap<const clang::CXXThrowExpr *, Unwinding> unwindings(const clang::FunctionDecl &Function,
                                                                  const clang::ASTContext &Context);

} // namespace connsan
