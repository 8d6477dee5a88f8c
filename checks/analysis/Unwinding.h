#pragma once

#include "Exceptions.h"

#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/DenseSet.h"
#include "llvm/ADT/SmallVector.h"

namespace clang {
class ASTContext;
class CFG;
class CXXBaseSpecifier;
class CXXBindTemporaryExpr;
class CXXRecordDecl;
class CXXTryStmt;
class Expr;
class FieldDecl;
class FunctionDecl;
class QualType;
class VarDecl;
} // namespace clang

namespace connsan {

/// Whether something happens where such an object ends; not when nothing is known of the class.
bool needsDestruction(const clang::CXXRecordDecl *Class);

/// Temporaries that end in the block of the graph that makes them. Whether others are made depends on what an
/// expression evaluates.
using Temporaries = llvm::DenseSet<const clang::CXXBindTemporaryExpr *>;

Temporaries certainTemporaries(const clang::CFG &Graph);

/// What ends on the way of an exception: a local variable, a temporary, or a part of an object whose
/// constructor throws.
struct Ending {
  const clang::VarDecl *Var = nullptr;
  const clang::CXXBindTemporaryExpr *Temporary = nullptr;
  const clang::FieldDecl *Member = nullptr;
  const clang::CXXBaseSpecifier *Base = nullptr;
  bool IsObject = false; ///< all of it, which another constructor has made
};

/// What happens first to an exception at some point of a function; clang's control-flow graph leaves that
/// out.
struct Landing {
  static constexpr unsigned Outside = ~0U;

  llvm::SmallVector<Ending, 4> Ended; ///< in order
  /// Whose handlers are asked then.
  const clang::CXXTryStmt *Try = nullptr;
  /// What comes next when none of them takes it; `Outside`: it leaves the function.
  unsigned Next = Outside;
};

struct Unwinding {
  std::vector<Landing> Landings;
  /// Of each call that may throw and each throw-expression. One that has none ends the process.
  llvm::DenseMap<const clang::Expr *, unsigned> At;
  /// Whether what leaves the function reaches its caller.
  bool LetsThrough = true;
};

Unwinding unwindingOf(const clang::FunctionDecl &Function, const clang::ASTContext &Context,
                      const Temporaries &Followed);

/// Whether the declaration of a function leaves open that it throws.
bool mayThrow(const clang::FunctionDecl &Function);

ExceptionType exceptionType(clang::QualType Thrown, const clang::ASTContext &Context);

/// The name in `ExceptionType::CaughtAs` of the type that a handler declares.
std::string handledType(clang::QualType Caught, const clang::ASTContext &Context);

} // namespace connsan
