// longjmp leaves the function without running the release.
// RUN: %leaks | FileCheck %s --implicit-check-not=warning:
#include <libpq-fe.h>
#include <setjmp.h>
static jmp_buf top;

void query(int cancelled) {
  PGconn *conn = PQconnectdb("");
  if (cancelled)
    longjmp(top, 1);
  // CHECK: :[[@LINE-1]]:5: warning: connection 'conn' is not released before control jumps out of 'query' here
  PQfinish(conn);
}
