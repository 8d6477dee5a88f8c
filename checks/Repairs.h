#pragma once

#include "DeclaredFunctions.h"
#include "FindingText.h"
#include "model/Model.h"

#include "clang/Basic/Diagnostic.h"

#include <set>

namespace clang {
class ASTContext;
class FunctionDecl;
} // namespace clang

namespace connsan {

/// What can be proposed for the leaks of one parsed translation unit. Proposes nothing of which it is not
/// certain that it is right.
class Repairs {
public:
  Repairs(clang::ASTContext &Context, clang::Preprocessor &Lexer, const ModelSet &Models)
      : Context(Context), Models(Models), Declared(Context, Lexer) {}

  /// The edits that release it, or roll it back, right before the exits, for all of them or for none. An exit
  /// is edited once.
  std::vector<clang::FixItHint> releaseBefore(llvm::ArrayRef<Finding> Exits);
  /// In C++, at its declaration: the object that would own it.
  std::optional<FindingMessage::Note> owner(const Finding &Of);

private:
  const clang::FunctionDecl *plainFunctionAround(clang::SourceLocation At);
  std::vector<clang::FixItHint> editsFor(const Finding &Of);
  std::vector<clang::FixItHint> rollBackFor(const Finding &Of);

  clang::ASTContext &Context;
  const ModelSet &Models;
  DeclaredFunctions Declared;
  std::optional<std::vector<const clang::FunctionDecl *>> Functions; ///< once they were asked for
  std::set<SourcePoint> Edited;                                      ///< exits
};

} // namespace connsan
