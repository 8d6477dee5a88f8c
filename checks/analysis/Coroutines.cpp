#include "Coroutines.h"

#include "clang/AST/Decl.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"

using namespace clang;

namespace connsan {

bool isCoroutine(const FunctionDecl &Function) {
  return isa_and_nonnull<CoroutineBodyStmt>(Function.getBody());
}

const Stmt *writtenBody(const FunctionDecl &Function) {
  const Stmt *Body = Function.getBody();
  const auto *Coroutine = dyn_cast_or_null<CoroutineBodyStmt>(Body);
  return Coroutine ? Coroutine->getBody() : Body;
}

const CallExpr *awaitedCall(const CoroutineSuspendExpr &Await) {
  const Expr *Operand = Await.getOperand();
  return Operand ? dyn_cast<CallExpr>(Operand->IgnoreImplicit()) : nullptr;
}

} // namespace connsan
