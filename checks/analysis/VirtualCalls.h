#pragma once

namespace clang {
class CXXMemberCallExpr;
class CXXMethodDecl;
} // namespace clang

namespace connsan {

/// The virtual function that a call certainly reaches; null when it may reach several, or calls another kind
/// of function.
const clang::CXXMethodDecl *onlyTarget(const clang::CXXMemberCallExpr &Call);

} // namespace connsan
