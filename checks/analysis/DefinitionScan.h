#pragma once

#include <vector>

namespace clang {
class ASTContext;
class FunctionDecl;
} // namespace clang

namespace connsan {

/// The functions whose bodies are to be looked at: those of the parts of the translation unit that somebody
/// wants to hear of, without system headers; instantiations rather than templates.
std::vector<const clang::FunctionDecl *> definitionsIn(clang::ASTContext &Context);

} // namespace connsan
