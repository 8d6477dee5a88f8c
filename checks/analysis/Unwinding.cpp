#include "Unwinding.h"

#include "Coroutines.h"
#include "LlvmVersions.h"

#include "clang/AST/ASTContext.h"
#include "clang/AST/Attr.h"
#include "clang/AST/CXXInheritance.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"
#include "clang/Analysis/CFG.h"
#include "llvm/ADT/SmallPtrSet.h"

using namespace clang;

namespace connsan {

bool needsDestruction(const CXXRecordDecl *Class) {
  return Class && Class->hasDefinition() && !Class->hasTrivialDestructor();
}

namespace {

bool isPublicBase(const CXXRecordDecl &Base, const CXXRecordDecl &Derived, const ASTContext &Context) {
  CXXBasePaths Paths;
  return Derived.isDerivedFrom(&Base, Paths) && !Paths.isAmbiguous(canonicalTypeOf(Base, Context)) &&
         llvm::any_of(Paths, [](const CXXBasePath &Path) { return Path.Access == AS_public; });
}

/// A record, then those of its bases as which it is caught.
llvm::SmallVector<const CXXRecordDecl *, 4> caughtAs(const CXXRecordDecl &Record, const ASTContext &Context) {
  llvm::SmallVector<const CXXRecordDecl *, 4> Found{&Record};
  if (Record.hasDefinition())
    Record.forallBases([&](const CXXRecordDecl *Base) {
      if (!llvm::is_contained(Found, Base) && isPublicBase(*Base, Record, Context))
        Found.push_back(Base);
      return true;
    });
  return Found;
}

/// A canonical type without what catching does not look at.
QualType comparable(QualType Type, const ASTContext &Context) {
  Type = Context.getCanonicalType(Type.getNonReferenceType()).getUnqualifiedType();
  if (Type->isPointerType())
    Type = Context.getPointerType(Type->getPointeeType().getUnqualifiedType());
  return Type;
}

std::string nameOf(QualType Comparable, const ASTContext &Context) {
  return Comparable.getAsString(Context.getPrintingPolicy());
}

/// Whether an exception that leaves the function reaches its caller.
bool letsThrough(const FunctionDecl &Function) {
  return !Function.isMain() && mayThrow(Function);
}

/// Walks a body with the variables that are in scope and the try-blocks around.
class Walk {
public:
  Walk(const FunctionDecl &Function, const Temporaries &Followed) : Followed(Followed) {
    Found.LetsThrough = letsThrough(Function);
  }

  void visit(const Stmt *S);
  void initializers(const CXXConstructorDecl &Constructor);
  Unwinding Found;

private:
  void children(const Stmt *S) {
    for (const Stmt *Child : S->children())
      if (Child)
        visit(Child);
  }
  void declaration(const DeclStmt *Declared);
  void tryBlock(const CXXTryStmt *Guarded);
  void mayEndHere(const Expr *E);
  std::optional<unsigned> landing();

  /// What an exception meets on its way out, the last first.
  struct Scope {
    Ending End;
    const CXXTryStmt *Try = nullptr; ///< else something ends
    std::optional<unsigned> Known;   ///< the landing for exceptions from inside, once there is one
  };
  std::vector<Scope> Around;
  const Temporaries &Followed;
};

/// The landing for an exception from here; nothing when it would end the process.
std::optional<unsigned> Walk::landing() {
  Landing New;
  auto Outer = Around.rbegin();
  for (; Outer != Around.rend() && !Outer->Try && !Outer->Known; ++Outer)
    New.Ended.push_back(Outer->End);
  if (Outer == Around.rend()) {
    if (!Found.LetsThrough)
      return std::nullopt;
    if (New.Ended.empty())
      return Landing::Outside;
  } else if (Outer->Known) {
    if (New.Ended.empty())
      return Outer->Known;
    New.Next = *Outer->Known;
  } else {
    std::vector<Scope> Inside(Outer.base() - 1, Around.end());
    Around.resize(Around.size() - Inside.size());
    Landing Asks;
    Asks.Try = Inside.front().Try;
    Asks.Next = landing().value_or(Landing::Outside);
    Inside.front().Known = Found.Landings.size();
    Found.Landings.push_back(std::move(Asks));
    Around.insert(Around.end(), Inside.begin(), Inside.end());
    return landing();
  }
  Found.Landings.push_back(std::move(New));
  return Around.back().Known = Found.Landings.size() - 1;
}

void Walk::mayEndHere(const Expr *E) {
  if (std::optional<unsigned> To = landing())
    Found.At[E] = *To;
}

void Walk::declaration(const DeclStmt *Declared) {
  for (const Decl *D : Declared->decls()) {
    const auto *Var = dyn_cast<VarDecl>(D);
    if (!Var)
      continue;
    if (Var->getInit())
      visit(Var->getInit());
    if (Var->hasLocalStorage())
      Around.push_back({{.Var = Var}, nullptr, std::nullopt});
  }
}

/// Members and bases are there for what comes after them.
void Walk::initializers(const CXXConstructorDecl &Constructor) {
  for (const CXXCtorInitializer *Init : Constructor.inits()) {
    visit(Init->getInit());
    Ending Part{.Member = Init->getMember()};
    for (const CXXBaseSpecifier &Base : Constructor.getParent()->bases())
      if (Init->isBaseInitializer() &&
          Base.getType().getCanonicalType() == QualType(Init->getBaseClass(), 0).getCanonicalType())
        Part.Base = &Base;
    QualType Type = Part.Member ? Part.Member->getType() : Part.Base ? Part.Base->getType() : QualType();
    const CXXRecordDecl *Record = Type.isNull() ? nullptr : Type->getAsCXXRecordDecl();
    if (Init->isDelegatingInitializer())
      Around.push_back({{.IsObject = true}, nullptr, std::nullopt});
    else if (needsDestruction(Record))
      Around.push_back({Part, nullptr, std::nullopt});
  }
}

void Walk::tryBlock(const CXXTryStmt *Guarded) {
  const std::size_t Before = Around.size();
  Around.push_back({{}, Guarded, std::nullopt});
  visit(Guarded->getTryBlock());
  Around.resize(Before);
  for (unsigned I = 0; I < Guarded->getNumHandlers(); ++I)
    visit(Guarded->getHandler(I));
}

/// The function that an expression calls, where calling it is what the expression does.
const FunctionDecl *calledBy(const Stmt *S) {
  if (const auto *Call = dyn_cast<CallExpr>(S))
    return Call->getDirectCallee();
  if (const auto *Construction = dyn_cast<CXXConstructExpr>(S))
    return Construction->getConstructor();
  return nullptr;
}

void Walk::visit(const Stmt *S) {
  if (isa<LambdaExpr, BlockExpr>(S) || isa<UnaryExprOrTypeTraitExpr, CXXNoexceptExpr>(S))
    return;
  if (const auto *Declared = dyn_cast<DeclStmt>(S))
    return declaration(Declared);
  if (const auto *Guarded = dyn_cast<CXXTryStmt>(S))
    return tryBlock(Guarded);
  const std::size_t Before = Around.size();
  if (const auto *Handler = dyn_cast<CXXCatchStmt>(S)) {
    if (Handler->getExceptionDecl())
      Around.push_back({{.Var = Handler->getExceptionDecl()}, nullptr, std::nullopt});
    visit(Handler->getHandlerBlock());
  } else {
    children(S);
  }
  if (const auto *Temporary = dyn_cast<CXXBindTemporaryExpr>(S); Temporary && Followed.contains(Temporary))
    Around.push_back({{.Temporary = Temporary}, nullptr, std::nullopt});
  bool IsScope = isa<ExprWithCleanups, CompoundStmt, IfStmt, SwitchStmt, WhileStmt, DoStmt, ForStmt,
                     CXXForRangeStmt, CXXCatchStmt>(S);
  if (IsScope)
    Around.resize(Before);
  const FunctionDecl *Called = calledBy(S);
  if (isa<CXXThrowExpr>(S) || (Called && mayThrow(*Called)))
    mayEndHere(cast<Expr>(S));
}

} // namespace

Temporaries certainTemporaries(const CFG &Graph) {
  Temporaries Found;
  for (const CFGBlock *Block : Graph) {
    llvm::SmallPtrSet<const Stmt *, 16> Met;
    for (const CFGElement &Element : *Block) {
      if (auto S = Element.getAs<CFGStmt>())
        Met.insert(S->getStmt());
      else if (auto Ends = Element.getAs<CFGTemporaryDtor>())
        if (const CXXBindTemporaryExpr *Temporary = Ends->getBindTemporaryExpr(); Met.contains(Temporary))
          Found.insert(Temporary);
    }
  }
  return Found;
}

Unwinding unwindingOf(const FunctionDecl &Function, const ASTContext &Context, const Temporaries &Followed) {
  Walk Body(Function, Followed);
  if (Context.getLangOpts().CXXExceptions) {
    if (const auto *Constructor = dyn_cast<CXXConstructorDecl>(&Function))
      Body.initializers(*Constructor);
    Body.visit(writtenBody(Function));
  }
  return std::move(Body.Found);
}

bool mayThrow(const FunctionDecl &Function) {
  if (Function.isExternC() || Function.getBuiltinID() != 0 || Function.hasAttr<NoThrowAttr>())
    return false;
  const auto *Type = Function.getType()->getAs<FunctionProtoType>();
  if (!Type)
    return false;
  if (isUnresolvedExceptionSpec(Type->getExceptionSpecType()))
    return !isa<CXXDestructorDecl>(Function);
  return !Type->isNothrow();
}

ExceptionType exceptionType(QualType Thrown, const ASTContext &Context) {
  Thrown = comparable(Thrown, Context);
  ExceptionType Type;
  if (Thrown->isDependentType() || Thrown->isNullPtrType())
    return Type;
  const bool IsPointer = Thrown->isPointerType();
  if (const CXXRecordDecl *Record = (IsPointer ? Thrown->getPointeeType() : Thrown)->getAsCXXRecordDecl()) {
    for (const CXXRecordDecl *Each : caughtAs(*Record, Context)) {
      QualType Caught = QualType(canonicalTypeOf(*Each, Context));
      Type.CaughtAs.push_back(nameOf(IsPointer ? Context.getPointerType(Caught) : Caught, Context));
    }
  } else {
    Type.CaughtAs.push_back(nameOf(Thrown, Context));
  }
  if (IsPointer && !Thrown->getPointeeType()->isFunctionType() && !Thrown->isVoidPointerType())
    Type.CaughtAs.push_back(nameOf(Context.VoidPtrTy, Context));
  return Type;
}

std::string handledType(QualType Caught, const ASTContext &Context) {
  return nameOf(comparable(Caught, Context), Context);
}

} // namespace connsan
