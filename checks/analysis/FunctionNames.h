#pragma once

#include <cstdint>
#include <string>

namespace clang {
class FunctionDecl;
class VarDecl;
} // namespace clang

namespace connsan {

/// The qualified name that models use: `pool_get`, `Class::method`.
std::string qualifiedName(const clang::FunctionDecl &Function);

/// Clang's name for the function in all files, made unique within this one; empty where there is none.
std::string usrOf(const clang::FunctionDecl &Function);

/// Tells whether two declarations agree in the types of parameters and result; 0 where one has no prototype.
std::uint64_t typeHash(const clang::FunctionDecl &Function);

/// The same for all declarations of a variable, in all files; `NAME@FILE` where other files do not see it.
std::string programName(const clang::VarDecl &Var);

} // namespace connsan
