#pragma once

#include "clang/Sema/IdentifierResolver.h"

namespace clang {
class ASTContext;
class FunctionDecl;
class Preprocessor;
class SourceLocation;
} // namespace clang

namespace connsan {

/// The functions outside of classes and namespaces that a parsed source declares, also those that it never
/// calls. To be asked while the compiler that parsed it is there.
class DeclaredFunctions {
public:
  DeclaredFunctions(clang::ASTContext &Context, clang::Preprocessor &Lexer);

  /// Those of that name that it has declared at a place.
  llvm::SmallVector<const clang::FunctionDecl *, 1> find(llvm::StringRef Name, clang::SourceLocation Before);

private:
  clang::ASTContext &Context;
  clang::IdentifierResolver Chains;
};

} // namespace connsan
