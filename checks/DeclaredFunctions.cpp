#include "DeclaredFunctions.h"

#include "clang/AST/ASTContext.h"
#include "clang/AST/Decl.h"
#include "clang/Basic/SourceManager.h"

using namespace clang;

namespace connsan {

DeclaredFunctions::DeclaredFunctions(ASTContext &Context, Preprocessor &Lexer)
    : Context(Context), Chains(Lexer) {}

llvm::SmallVector<const FunctionDecl *, 1> DeclaredFunctions::find(llvm::StringRef Name,
                                                                   SourceLocation Before) {
  llvm::SmallVector<const FunctionDecl *, 1> Found;
  auto Add = [&](const NamedDecl *D) {
    const auto *Function = dyn_cast<FunctionDecl>(D);
    if (Function &&
        Context.getSourceManager().isBeforeInTranslationUnit(Function->getFirstDecl()->getLocation(), Before))
      Found.push_back(Function);
  };
  const DeclarationName Wanted(&Context.Idents.get(Name));
  // As the compiler does: in C the context knows no names, and would load all that an editor's preamble
  // declares.
  if (Context.getLangOpts().CPlusPlus)
    llvm::for_each(Context.getTranslationUnitDecl()->lookup(Wanted), Add);
  else
    llvm::for_each(Chains.decls(Wanted), Add);
  return Found;
}

} // namespace connsan
