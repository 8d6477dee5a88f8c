#pragma once

namespace clang {
class Expr;
class FunctionDecl;
} // namespace clang

namespace connsan {

/// The one function to which a pointer that never changes points; null when it may point to others.
const clang::FunctionDecl *constantTarget(const clang::Expr *Pointer);

} // namespace connsan
