#include "ReleaseFunction.h"

#include "clang/AST/ASTContext.h"
#include "clang/AST/RecursiveASTVisitor.h"
#include "clang/ASTMatchers/ASTMatchFinder.h"
#include "clang/ASTMatchers/ASTMatchers.h"
#include "clang/Basic/SourceManager.h"

using namespace clang;
using namespace clang::ast_matchers;

namespace connsan {
namespace {

bool isBuiltin(llvm::StringRef Function, const ModelSet &Models) {
  return builtinModels().find(Function) && !Models.findUsers(Function);
}

bool isRelease(const Model &M, llvm::StringRef Resource) {
  return M.Ownership && M.Arguments.size() == 1 && M.Arguments[0].What == ArgumentModel::Effect::Release &&
         M.Arguments[0].Condition == When::Always && M.Ends == Model::Ending::Returns &&
         M.Returns == Model::Result::Nothing && M.resourceOf(M.Arguments[0]) == Resource;
}

bool takes(const FunctionDecl &Function, QualType Held) {
  if (Function.getNumParams() != 1 || Function.isVariadic() || Function.isTemplated())
    return false;
  QualType Parameter = Function.getParamDecl(0)->getType();
  if (!Parameter->isPointerType() || Held->getPointeeType().hasQualifiers())
    return false;
  return Parameter->isVoidPointerType() ||
         Function.getASTContext().hasSameType(Parameter->getPointeeType(), Held->getPointeeType());
}

class CallsOf : public RecursiveASTVisitor<CallsOf> {
public:
  llvm::DenseMap<const IdentifierInfo *, const FunctionDecl *> ByName;

  bool VisitCallExpr(const CallExpr *Call) {
    const FunctionDecl *Function = Call->getDirectCallee();
    if (Function && Function->getIdentifier() &&
        Function->getDeclContext()->getRedeclContext()->isTranslationUnit())
      ByName.try_emplace(Function->getIdentifier(), Function);
    return true;
  }
};

const FunctionDecl *declared(llvm::StringRef Name, QualType Held, SourceLocation Before, ASTContext &Context,
                             CalledFunctions &Called) {
  auto Met = Context.Idents.find(Name);
  const IdentifierInfo *Known = Met != Context.Idents.end() ? Met->second : nullptr;
  // What only a preamble names has not been met.
  if (IdentifierInfoLookup *Preamble = Context.Idents.getExternalIdentifierLookup(); Preamble && !Known)
    Known = Preamble->get(Name);
  if (!Known)
    return nullptr;
  auto IsWanted = [&](const FunctionDecl &Function) {
    return takes(Function, Held) && Context.getSourceManager().isBeforeInTranslationUnit(
                                        Function.getFirstDecl()->getLocation(), Before);
  };
  // In C, to look something up loads all that an editor's preamble declares.
  if (Context.getExternalSource() && !Context.getLangOpts().CPlusPlus)
    if (const FunctionDecl *Function = Called.find(Known))
      return IsWanted(*Function) ? Function : nullptr;
  for (const NamedDecl *D : Context.getTranslationUnitDecl()->lookup(Known))
    if (const auto *Function = dyn_cast<FunctionDecl>(D); Function && IsWanted(*Function))
      return Function;
  return nullptr;
}

/// The functions that are called where other paths release it; null among them for what is no plain call.
llvm::SmallPtrSet<const FunctionDecl *, 2> usedOnOtherPaths(const Finding &Of, const FunctionDecl &In) {
  llvm::SmallPtrSet<const FunctionDecl *, 2> Used;
  ASTContext &Context = In.getASTContext();
  auto Calls = match(findAll(callExpr().bind("call")), *In.getBody(), Context);
  for (SourcePoint At : Of.ReleasedAt) {
    const FunctionDecl *Called = nullptr;
    for (const BoundNodes &Found : Calls)
      if (const auto *Call = Found.getNodeAs<CallExpr>("call"); Call->getExprLoc().getRawEncoding() == At.Raw)
        Called = Call->getDirectCallee() ? Call->getDirectCallee()->getCanonicalDecl() : nullptr;
    Used.insert(Called);
  }
  return Used;
}

} // namespace

const FunctionDecl *CalledFunctions::find(const IdentifierInfo *Name) {
  if (!ByName) {
    CallsOf Calls;
    for (Decl *D : Context.getTraversalScope())
      Calls.TraverseDecl(D);
    ByName = std::move(Calls.ByName);
  }
  return ByName->lookup(Name);
}

const FunctionDecl *releaseFunction(const Finding &Of, const FunctionDecl &In, const VarDecl &Holder,
                                    SourceLocation At, const ModelSet &Models, CalledFunctions &Called) {
  ASTContext &Context = In.getASTContext();
  llvm::SmallVector<const FunctionDecl *, 2> Fitting;
  const bool IsBuiltin = isBuiltin(Of.Acquirer, Models);
  for (const auto &Entry : Models.all()) {
    if (!isRelease(Entry.getValue(), Of.Resource))
      continue;
    // What libpq gave is released by libpq, whatever the program has besides.
    if (IsBuiltin && !isBuiltin(Entry.getKey(), Models))
      continue;
    if (const FunctionDecl *Function = declared(Entry.getKey(), Holder.getType(), At, Context, Called))
      Fitting.push_back(Function);
  }
  // A helper that acquires may have a counterpart that does more, unless it is seen to be released plainly.
  if (!IsBuiltin && !(Fitting.size() == 1 && Models.find(Of.Acquirer))) {
    auto Used = usedOnOtherPaths(Of, In);
    llvm::erase_if(Fitting, [&](const FunctionDecl *F) {
      return Used.size() != 1 || !Used.contains(F->getCanonicalDecl());
    });
  }
  return Fitting.size() == 1 ? Fitting.front() : nullptr;
}

} // namespace connsan
