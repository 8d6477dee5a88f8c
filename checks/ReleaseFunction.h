#pragma once

#include "analysis/Finding.h"
#include "model/Model.h"

namespace clang {
class FunctionDecl;
class SourceLocation;
class VarDecl;
} // namespace clang

namespace connsan {

class DeclaredFunctions;

/// The function by which an author would release what a variable holds: it takes nothing else, and the source
/// has declared it at this place. Null where there is none, or where it is not certain which.
const clang::FunctionDecl *releaseFunction(const Finding &Of, const clang::FunctionDecl &In,
                                           const clang::VarDecl &Holder, clang::SourceLocation At,
                                           const ModelSet &Models, DeclaredFunctions &Declared);

} // namespace connsan
