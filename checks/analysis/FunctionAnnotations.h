#pragma once

#include "UnitFacts.h"

namespace clang {
class ASTContext;
class AnnotateAttr;
class FunctionDecl;
} // namespace clang

namespace connsan {

/// The attributes that say what a function does with resources, of all its declarations, each text once.
std::vector<const clang::AnnotateAttr *> annotationAttributes(const clang::FunctionDecl &Function);

/// Their texts, without the prefix.
std::vector<std::string> annotationsOf(const clang::FunctionDecl &Function);

/// The same as they are kept, their places as encoded source locations.
AnnotatedFunction describeAnnotations(const clang::FunctionDecl &Function);

/// All functions of a translation unit that have some, each once.
std::vector<const clang::FunctionDecl *> annotatedFunctions(clang::ASTContext &Context);

} // namespace connsan
