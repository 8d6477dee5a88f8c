#pragma once

#include "clang/Basic/Diagnostic.h"

#include <vector>

namespace clang {
class ASTContext;
class FunctionDecl;
class Stmt;
} // namespace clang

namespace connsan {

/// A way out of a function or scope as the source writes it.
struct WrittenExit {
  /// A return, break, continue or throw, or the block that ends.
  const clang::Stmt *Statement = nullptr;
  bool IsBlockEnd = false;
};

/// Looks in the body for what stands at this place.
WrittenExit findExit(const clang::FunctionDecl &In, clang::SourceLocation At);

/// The edits that put a statement before an exit, on a line of its own where the exit has one; the exit gets
/// braces where it was all that an if or a loop had. None where it is not plain how.
std::vector<clang::FixItHint> insertBefore(const WrittenExit &Exit, const clang::FunctionDecl &In,
                                           const std::string &Statement);

} // namespace connsan
