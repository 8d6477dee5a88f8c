#include "VirtualCalls.h"

#include "clang/AST/ExprCXX.h"

using namespace clang;

namespace connsan {

const CXXMethodDecl *onlyTarget(const CXXMemberCallExpr &Call) {
  const CXXMethodDecl *Called = Call.getMethodDecl();
  const auto *Member = dyn_cast<MemberExpr>(Call.getCallee()->IgnoreParens());
  if (!Called || !Called->isVirtual() || !Member)
    return nullptr;
  return Member->hasQualifier() ? Called : Called->getDevirtualizedMethod(Member->getBase(), false);
}

} // namespace connsan
