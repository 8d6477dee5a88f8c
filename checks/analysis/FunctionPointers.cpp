#include "FunctionPointers.h"

#include "clang/AST/Decl.h"
#include "clang/AST/Expr.h"

using namespace clang;

namespace connsan {

/// What a constant of the program, or a part of it, was initialised with; null when E is none.
static const Expr *constantInit(const Expr *E) {
  E = E->IgnoreParens();
  if (const auto *Ref = dyn_cast<DeclRefExpr>(E)) {
    const auto *Var = dyn_cast<VarDecl>(Ref->getDecl());
    return Var && Var->hasGlobalStorage() && Var->getType().isConstQualified() ? Var->getAnyInitializer()
                                                                               : nullptr;
  }
  const auto *Member = dyn_cast<MemberExpr>(E);
  const auto *Field = Member ? dyn_cast<FieldDecl>(Member->getMemberDecl()) : nullptr;
  if (!Field || Member->isArrow())
    return nullptr;
  const Expr *Whole = constantInit(Member->getBase());
  const auto *List = dyn_cast_or_null<InitListExpr>(Whole);
  if (List && List->getSemanticForm())
    List = List->getSemanticForm();
  if (!List || Field->getParent()->isUnion() || Field->getFieldIndex() >= List->getNumInits())
    return nullptr;
  return List->getInit(Field->getFieldIndex());
}

const FunctionDecl *constantTarget(const Expr *Pointer) {
  if (!Pointer->getType()->isFunctionPointerType())
    return nullptr;
  const Expr *Init = constantInit(Pointer);
  const auto *Ref = Init ? dyn_cast<DeclRefExpr>(Init->IgnoreParenImpCasts()) : nullptr;
  return Ref ? dyn_cast<FunctionDecl>(Ref->getDecl()) : nullptr;
}

} // namespace connsan
