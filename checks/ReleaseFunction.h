#pragma once

#include "analysis/Finding.h"
#include "model/Model.h"

#include "llvm/ADT/DenseMap.h"

namespace clang {
class ASTContext;
class FunctionDecl;
class IdentifierInfo;
class SourceLocation;
class VarDecl;
} // namespace clang

namespace connsan {

/// The functions outside of classes and namespaces that a source calls.
class CalledFunctions {
public:
  explicit CalledFunctions(clang::ASTContext &Context) : Context(Context) {}
  /// Null when there is none of that name. The first question reads all of the source.
  const clang::FunctionDecl *find(const clang::IdentifierInfo *Name);

private:
  clang::ASTContext &Context;
  std::optional<llvm::DenseMap<const clang::IdentifierInfo *, const clang::FunctionDecl *>> ByName;
};

/// The function by which an author would release what a variable holds: it takes nothing else, and the source
/// has declared it at this place. Null where there is none, or where it is not certain which.
const clang::FunctionDecl *releaseFunction(const Finding &Of, const clang::FunctionDecl &In,
                                           const clang::VarDecl &Holder, clang::SourceLocation At,
                                           const ModelSet &Models, CalledFunctions &Called);

} // namespace connsan
