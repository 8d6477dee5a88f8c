#pragma once

namespace clang {
class CallExpr;
class CoroutineSuspendExpr;
class FunctionDecl;
class Stmt;
} // namespace clang

namespace connsan {

bool isCoroutine(const clang::FunctionDecl &Function);

/// What somebody wrote as the body; that of a coroutine without what the compiler puts around it.
const clang::Stmt *writtenBody(const clang::FunctionDecl &Function);

/// The call whose result is awaited; null when it is something else.
const clang::CallExpr *awaitedCall(const clang::CoroutineSuspendExpr &Await);

} // namespace connsan
