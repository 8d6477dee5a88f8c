#pragma once

namespace clang {
class ASTContext;
class CXXRecordDecl;
class FunctionDecl;
} // namespace clang

namespace connsan {

/// Whether the tree has all that the source says in the body of a function, of a unit with errors. Clang
/// leaves a statement out that it does not understand, sometimes the next one with it, and ends a body that
/// nothing closes: what is left looks sound and lacks, say, the release.
bool isWholeInTree(const clang::FunctionDecl &Function, clang::ASTContext &Context);

/// The same of what a class declares: it may lack the destructor that releases.
bool isWholeInTree(const clang::CXXRecordDecl &Class, clang::ASTContext &Context);

} // namespace connsan
