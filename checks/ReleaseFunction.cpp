#include "ReleaseFunction.h"

#include "DeclaredFunctions.h"

#include "clang/AST/ASTContext.h"
#include "clang/ASTMatchers/ASTMatchFinder.h"
#include "clang/ASTMatchers/ASTMatchers.h"

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

const FunctionDecl *releaseFunction(const Finding &Of, const FunctionDecl &In, const VarDecl &Holder,
                                    SourceLocation At, const ModelSet &Models, DeclaredFunctions &Declared) {
  llvm::SmallVector<const FunctionDecl *, 2> Fitting;
  const bool IsBuiltin = isBuiltin(Of.Acquirer, Models);
  for (const auto &Entry : Models.all()) {
    if (!isRelease(Entry.getValue(), Of.Resource))
      continue;
    // What libpq gave is released by libpq, whatever the program has besides.
    if (IsBuiltin && !isBuiltin(Entry.getKey(), Models))
      continue;
    auto OfName = Declared.find(Entry.getKey(), At);
    const auto *Function = llvm::find_if(OfName, [&](const auto *F) { return takes(*F, Holder.getType()); });
    if (Function != OfName.end())
      Fitting.push_back(*Function);
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
