#pragma once

#include <string>

namespace clang {
class FunctionDecl;
} // namespace clang

namespace connsan {

/// The qualified name that models use: `pool_get`, `Class::method`.
std::string qualifiedName(const clang::FunctionDecl &Function);

/// Clang's name for the function in all files, made unique within this one; empty where there is none.
std::string usrOf(const clang::FunctionDecl &Function);

} // namespace connsan
