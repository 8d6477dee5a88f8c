#include "Repairs.h"

#include "DerivedValues.h"
#include "ExitEdit.h"
#include "ReleaseFunction.h"
#include "analysis/DefinitionScan.h"

#include "clang/AST/ASTContext.h"
#include "clang/AST/Attr.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/AST/RecursiveASTVisitor.h"
#include "clang/ASTMatchers/ASTMatchFinder.h"
#include "clang/ASTMatchers/ASTMatchers.h"
#include "clang/Basic/SourceManager.h"
#include "clang/Lex/Lexer.h"

using namespace clang;
using namespace clang::ast_matchers;

namespace connsan {
namespace {

SourceLocation locationOf(SourcePoint At) {
  return SourceLocation::getFromRawEncoding(At.Raw);
}

bool isInTemplate(const DeclContext *In) {
  for (; In; In = In->getParent()) {
    if (In->isDependentContext() || isa<ClassTemplateSpecializationDecl>(In))
      return true;
    if (const auto *Function = dyn_cast<FunctionDecl>(In);
        Function && Function->getTemplatedKind() != FunctionDecl::TK_NonTemplate)
      return true;
  }
  return false;
}

/// A local variable that a block declares in a statement of its own.
struct Local {
  const VarDecl *Var = nullptr;
  const CompoundStmt *Scope = nullptr;
};

/// The variables of one name in a body. (A matcher for descendants hands each of them up through all blocks.)
class VariablesNamed : public RecursiveASTVisitor<VariablesNamed> {
public:
  explicit VariablesNamed(llvm::StringRef Name) : Name(Name) {}

  bool VisitVarDecl(const VarDecl *Var) {
    Count += isWanted(Var);
    return true;
  }
  bool VisitCompoundStmt(const CompoundStmt *Scope) {
    for (const Stmt *Child : Scope->body())
      if (const auto *Declares = dyn_cast<DeclStmt>(Child))
        for (const Decl *D : Declares->decls())
          if (const auto *Var = dyn_cast<VarDecl>(D); Var && isWanted(Var))
            InBlocks.push_back({Var, Scope});
    return true;
  }

  std::size_t Count = 0;
  std::vector<Local> InBlocks;

private:
  bool isWanted(const VarDecl *Var) const { return Var->getIdentifier() && Var->getName() == Name; }

  llvm::StringRef Name;
};

/// The one of that name in the scopes around a place; none where one may hide another.
Local localVariable(const FunctionDecl &In, llvm::StringRef Name, SourceLocation At) {
  VariablesNamed Named(Name);
  Named.TraverseStmt(In.getBody());
  if (Named.Count != Named.InBlocks.size())
    return {}; // one of a loop, or of a lambda
  const SourceManager &Sources = In.getASTContext().getSourceManager();
  Local Only;
  for (const Local &Each : Named.InBlocks) {
    if (!Sources.isPointWithin(At, Each.Scope->getBeginLoc(), Each.Scope->getEndLoc()))
      continue;
    if (Only.Var)
      return {};
    Only = Each;
  }
  return Only;
}

/// Whether something that the exit evaluates may ask for what is released before it, or for what a release
/// changes, such as errno.
bool evaluatesMore(const Stmt &Exit, ASTContext &Context) {
  auto IsOfLibrary = callee(functionDecl(isInStdNamespace()));
  return !match(findAll(stmt(anyOf(callExpr(unless(IsOfLibrary)), lambdaExpr(), stmtExpr()))), Exit, Context)
              .empty();
}

/// Whether something that comes from what the variable holds is still there after the exit.
bool isLeftBehind(const DerivedValues &Derived, const WrittenExit &Exit, const CompoundStmt &Scope,
                  const FunctionDecl &In) {
  if (Derived.outliveFunction() || Derived.areDestroyed())
    return true;
  ASTContext &Context = In.getASTContext();
  const bool HasHandlers =
      Context.getLangOpts().CXXExceptions && !match(findAll(cxxTryStmt()), *In.getBody(), Context).empty();
  bool LeavesFunction = isa<ReturnStmt>(Exit.Statement) || Exit.Statement == In.getBody() ||
                        (isa<CXXThrowExpr>(Exit.Statement) && !HasHandlers);
  return !LeavesFunction && llvm::any_of(Derived.variables(), [&](const VarDecl *Var) {
    const SourceManager &Sources = Context.getSourceManager();
    return !Sources.isPointWithin(Var->getLocation(), Scope.getBeginLoc(), Scope.getEndLoc());
  });
}

/// As written, on one line; shortened where it is long.
std::string sourceOf(const Expr &E, const ASTContext &Context) {
  CharSourceRange Range = CharSourceRange::getTokenRange(E.getSourceRange());
  llvm::StringRef Written = Lexer::getSourceText(Range, Context.getSourceManager(), Context.getLangOpts());
  constexpr std::size_t Most = 60;
  if (Written.size() <= Most && !Written.contains('\n'))
    return Written.str();
  return (Written.take_until([](char C) { return C == '('; }) + "(...)").str();
}

} // namespace

/// The innermost function there; null where it, or what it is in, is a template.
const FunctionDecl *Repairs::plainFunctionAround(SourceLocation At) {
  if (!Functions)
    Functions = definitionsIn(Context);
  const SourceManager &Sources = Context.getSourceManager();
  const FunctionDecl *Innermost = nullptr;
  for (const FunctionDecl *Function : *Functions) {
    const Stmt *Body = Function->getBody();
    if (!Body || !Sources.isPointWithin(At, Body->getBeginLoc(), Body->getEndLoc()))
      continue;
    if (isInTemplate(Function))
      return nullptr;
    if (!Innermost || Sources.isPointWithin(Body->getBeginLoc(), Innermost->getBody()->getBeginLoc(),
                                            Innermost->getBody()->getEndLoc()))
      Innermost = Function;
  }
  return Innermost;
}

/// A variable or parameter of a function, when there is one of that name.
static const VarDecl *onlyVariable(const FunctionDecl &In, llvm::StringRef Name) {
  VariablesNamed Named(Name);
  Named.TraverseStmt(In.getBody());
  const auto *Parameter = llvm::find_if(
      In.parameters(), [&](const ParmVarDecl *P) { return P->getIdentifier() && P->getName() == Name; });
  if (Parameter != In.param_end())
    return Named.Count == 0 ? *Parameter : nullptr;
  return Named.Count == 1 && Named.InBlocks.size() == 1 ? Named.InBlocks.front().Var : nullptr;
}

/// What was begun through libpq itself is rolled back through it; a helper may have a counterpart that does
/// more.
std::vector<FixItHint> Repairs::rollBackFor(const Finding &Of) {
  SourceLocation At = locationOf(Of.At);
  const FunctionDecl *In = plainFunctionAround(At);
  const VarDecl *Holder = In ? onlyVariable(*In, Of.Holder) : nullptr;
  if (!Holder || !builtinModels().find(Of.Acquirer) || !Of.Source.empty() ||
      Holder->getLocation().isMacroID() || Holder->getType().isVolatileQualified())
    return {};
  const auto *Pointee =
      Holder->getType()->isPointerType() ? Holder->getType()->getPointeeType()->getAsRecordDecl() : nullptr;
  WrittenExit Exit = findExit(*In, At);
  if (!Pointee || builtinModels().resourceOfType(Pointee->getName()) != Model{}.Resource || !Exit.Statement ||
      Declared.find("PQexec", At).empty() || Declared.find("PQclear", At).empty() ||
      (Exit.IsBlockEnd ? Exit.Statement != In->getBody() : evaluatesMore(*Exit.Statement, Context)))
    return {};
  // The message of the error that led here is gone after another statement.
  DerivedValues Derived(*In, *Holder, Models, /*CalleesKeepNone=*/true);
  if ((!Exit.IsBlockEnd && Derived.areUsedIn(*Exit.Statement)) || Derived.outliveFunction() ||
      Derived.areDestroyed())
    return {};
  return insertBefore(Exit, *In, ("PQclear(PQexec(" + Holder->getName() + ", \"ROLLBACK\"));").str());
}

std::vector<FixItHint> Repairs::editsFor(const Finding &Of) {
  SourceLocation At = locationOf(Of.At);
  if (!Of.MayBeReleased || Of.Trust != Confidence::High || At.isMacroID() ||
      locationOf(Of.AcquiredAt).isMacroID())
    return {};
  if (Of.isTransaction())
    return rollBackFor(Of);
  const FunctionDecl *In = plainFunctionAround(At);
  const auto [Holder, Scope] = In ? localVariable(*In, Of.Holder, At) : Local();
  if (!Holder || Holder->getLocation().isMacroID() || !Holder->hasLocalStorage() ||
      !Holder->getType()->isPointerType() || Holder->getType().isVolatileQualified())
    return {};
  WrittenExit Exit = findExit(*In, At);
  if (!Exit.Statement ||
      (Exit.IsBlockEnd ? Exit.Statement != Scope : evaluatesMore(*Exit.Statement, Context)))
    return {};
  DerivedValues Derived(*In, *Holder, Models, /*CalleesKeepNone=*/!Of.ReleasedAt.empty());
  if ((!Exit.IsBlockEnd && Derived.areUsedIn(*Exit.Statement)) || isLeftBehind(Derived, Exit, *Scope, *In))
    return {};
  const FunctionDecl *Release = releaseFunction(Of, *In, *Holder, At, Models, Declared);
  if (!Release)
    return {};
  return insertBefore(Exit, *In, (Release->getName() + "(" + Holder->getName() + ");").str());
}

std::vector<FixItHint> Repairs::releaseBefore(llvm::ArrayRef<Finding> Exits) {
  std::vector<FixItHint> All;
  for (const Finding &Of : Exits) {
    std::vector<FixItHint> Edits = Edited.contains(Of.At) ? std::vector<FixItHint>() : editsFor(Of);
    if (Edits.empty())
      return {};
    llvm::append_range(All, std::move(Edits));
  }
  for (const Finding &Of : Exits)
    Edited.insert(Of.At);
  return All;
}

std::optional<FindingMessage::Note> Repairs::owner(const Finding &Of) {
  if (Of.isTransaction())
    return std::nullopt;
  if (!Context.getLangOpts().CPlusPlus11 || Of.Trust != Confidence::High || !Of.Acquired ||
      !Of.HandedOnAt.empty())
    return std::nullopt;
  SourceLocation AcquiredAt = locationOf(Of.AcquiredAt);
  const FunctionDecl *In = AcquiredAt.isFileID() ? plainFunctionAround(AcquiredAt) : nullptr;
  if (!In)
    return std::nullopt;
  for (const BoundNodes &Found :
       match(stmt(forEachDescendant(
                 varDecl(hasAutomaticStorageDuration(), hasInitializer(expr())).bind("var"))),
             *In->getBody(), Context)) {
    const auto *Var = Found.getNodeAs<VarDecl>("var");
    const Expr *Init = Var->getInit()->IgnoreParenImpCasts();
    if (!isa<CallExpr>(Init) || Init->getExprLoc() != AcquiredAt || Var->getName() != Of.Holder ||
        !Var->getType()->isPointerType() || Var->getLocation().isMacroID() || Init->getEndLoc().isMacroID())
      continue;
    const FunctionDecl *Release = releaseFunction(Of, *In, *Var, AcquiredAt, Models, Declared);
    if (!Release)
      return std::nullopt;
    PrintingPolicy Policy(Context.getLangOpts());
    std::string Name = "decltype(&" + Release->getNameAsString() + ")";
    std::string Owner = "std::unique_ptr<" + Var->getType()->getPointeeType().getAsString(Policy) + ", " +
                        Name + "> " + Var->getNameAsString() + "(" + sourceOf(*Init, Context) + ", &" +
                        Release->getNameAsString() + ")";
    return FindingMessage::Note{{Var->getLocation().getRawEncoding()},
                                "'" + Owner + "' would release it on every path"};
  }
  return std::nullopt;
}

} // namespace connsan
