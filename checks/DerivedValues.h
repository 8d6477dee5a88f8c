#pragma once

#include "model/Model.h"

#include "llvm/ADT/SmallPtrSet.h"

namespace clang {
class ASTContext;
class Expr;
class FunctionDecl;
class Stmt;
class VarDecl;
} // namespace clang

namespace connsan {

/// The variables of a function that may come from what one of them holds: a string of a result, a descriptor
/// of a connection. They are not to be used once that is released. Knows no order: what is ever assigned
/// counts.
class DerivedValues {
public:
  /// `CalleesKeepNone`: what a callee is given to look at it does not leave in the objects of others. Where
  /// the function itself releases what the variable holds, it would be gone from there too.
  DerivedValues(const clang::FunctionDecl &Function, const clang::VarDecl &Holder, const ModelSet &Models,
                bool CalleesKeepNone);

  /// Whether one of them is mentioned.
  bool areUsedIn(const clang::Stmt &S) const;
  /// Whether something derived was stored where the function's callers, or others, may find it.
  bool outliveFunction() const { return Outlives; }
  /// Whether a destructor that runs when the function is left may use what is derived.
  bool areDestroyed() const;
  /// Besides the holder.
  const llvm::SmallPtrSetImpl<const clang::VarDecl *> &variables() const { return Variables; }

private:
  friend class DerivationScan;
  bool carries(const clang::Expr &E) const;
  bool callCarries(const clang::Expr &Call) const;

  const clang::VarDecl &Holder;
  const ModelSet &Models;
  const bool CalleesKeepNone;
  llvm::SmallPtrSet<const clang::VarDecl *, 8> Variables;
  bool Outlives = false;
};

} // namespace connsan
