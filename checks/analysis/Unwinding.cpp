#include "Unwinding.h"

#include "clang/AST/ASTContext.h"
#include "clang/AST/CXXInheritance.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"

#include <vector>

using namespace clang;

namespace connsan {
namespace {

enum class Match { No, Maybe, Yes };

bool isPublicBase(const CXXRecordDecl &Base, const CXXRecordDecl &Derived, const ASTContext &Context) {
  CXXBasePaths Paths;
  return Derived.isDerivedFrom(&Base, Paths) && !Paths.isAmbiguous(Context.getCanonicalTagType(&Base)) &&
         llvm::any_of(Paths, [](const CXXBasePath &Path) { return Path.Access == AS_public; });
}

/// Whether a handler for `Caught` takes an exception of the type `Thrown`, both as declared.
Match matches(QualType Thrown, QualType Caught, const ASTContext &Context) {
  Thrown = Context.getCanonicalType(Thrown).getUnqualifiedType();
  Caught = Context.getCanonicalType(Caught.getNonReferenceType()).getUnqualifiedType();
  if (Thrown->isDependentType() || Caught->isDependentType())
    return Match::Maybe;
  if (Thrown->isNullPtrType() && (Caught->isPointerType() || Caught->isMemberPointerType()))
    return Match::Yes;
  if (Thrown->isPointerType() && Caught->isPointerType()) {
    Thrown = Thrown->getPointeeType().getUnqualifiedType();
    Caught = Caught->getPointeeType().getUnqualifiedType();
    if (Caught->isVoidType())
      return Thrown->isFunctionType() ? Match::No : Match::Yes;
  }
  if (Thrown == Caught)
    return Match::Yes;
  const CXXRecordDecl *Derived = Thrown->getAsCXXRecordDecl();
  const CXXRecordDecl *Base = Caught->getAsCXXRecordDecl();
  if (!Derived || !Base)
    return Match::No;
  if (!Derived->hasDefinition() || !Base->hasDefinition())
    return Match::Maybe;
  return isPublicBase(*Base, *Derived, Context) ? Match::Yes : Match::No;
}

/// Whether an exception that leaves the function reaches its caller.
bool letsThrough(const FunctionDecl &Function) {
  const auto *Type = Function.getType()->getAs<FunctionProtoType>();
  if (!Type)
    return true;
  if (isUnresolvedExceptionSpec(Type->getExceptionSpecType()))
    return !isa<CXXDestructorDecl>(Function);
  return !Type->isNothrow();
}

/// Walks a body with the variables that are in scope and the handlers around.
class Walk {
public:
  Walk(const FunctionDecl &Function, const ASTContext &Context)
      : Context(Context), LetsThrough(letsThrough(Function)) {}

  void visit(const Stmt *S);
  llvm::DenseMap<const CXXThrowExpr *, Unwinding> Found;

private:
  void children(const Stmt *S) {
    for (const Stmt *Child : S->children())
      if (Child)
        visit(Child);
  }
  void thrown(const CXXThrowExpr *Throw);

  const ASTContext &Context;
  const bool LetsThrough;
  std::vector<const VarDecl *> InScope;
  struct Try {
    const CXXTryStmt *At;
    std::size_t Outside; ///< so many variables are in scope around it
  };
  std::vector<Try> Around;
};

void Walk::thrown(const CXXThrowExpr *Throw) {
  const Expr *What = Throw->getSubExpr();
  if (!What && !Around.empty())
    return;
  const CXXCatchStmt *Handler = nullptr;
  std::size_t Left = 0;
  for (auto Next = Around.rbegin(); Next != Around.rend() && !Handler; ++Next)
    for (unsigned I = 0; I < Next->At->getNumHandlers() && !Handler; ++I) {
      const CXXCatchStmt *Here = Next->At->getHandler(I);
      QualType Caught = Here->getCaughtType();
      Match Fits = Caught.isNull() ? Match::Yes : matches(What->getType(), Caught, Context);
      if (Fits == Match::Maybe)
        return;
      if (Fits == Match::Yes) {
        Handler = Here;
        Left = Next->Outside;
      }
    }
  if (!Handler && !LetsThrough)
    return;
  Unwinding &New = Found[Throw];
  New.Handler = Handler;
  New.Ended.append(InScope.rbegin(), InScope.rend() - Left);
}

void Walk::visit(const Stmt *S) {
  if (isa<LambdaExpr, BlockExpr>(S))
    return;
  if (const auto *Declared = dyn_cast<DeclStmt>(S)) {
    children(S);
    for (const Decl *D : Declared->decls())
      if (const auto *Var = dyn_cast<VarDecl>(D); Var && Var->hasLocalStorage())
        InScope.push_back(Var);
    return;
  }
  if (const auto *Throw = dyn_cast<CXXThrowExpr>(S)) {
    children(S);
    thrown(Throw);
    return;
  }
  const std::size_t Before = InScope.size();
  if (const auto *Guarded = dyn_cast<CXXTryStmt>(S)) {
    Around.push_back({Guarded, Before});
    visit(Guarded->getTryBlock());
    Around.pop_back();
    for (unsigned I = 0; I < Guarded->getNumHandlers(); ++I)
      visit(Guarded->getHandler(I));
    return;
  }
  if (const auto *Handler = dyn_cast<CXXCatchStmt>(S)) {
    if (Handler->getExceptionDecl())
      InScope.push_back(Handler->getExceptionDecl());
    visit(Handler->getHandlerBlock());
  } else {
    children(S);
  }
  bool IsScope =
      isa<CompoundStmt, IfStmt, SwitchStmt, WhileStmt, DoStmt, ForStmt, CXXForRangeStmt, CXXCatchStmt>(S);
  if (IsScope)
    InScope.resize(Before);
}

} // namespace

llvm::DenseMap<const CXXThrowExpr *, Unwinding> unwindings(const FunctionDecl &Function,
                                                           const ASTContext &Context) {
  Walk Body(Function, Context);
  if (Context.getLangOpts().CXXExceptions)
    Body.visit(Function.getBody());
  return std::move(Body.Found);
}

} // namespace connsan
