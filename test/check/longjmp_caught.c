// A jump that may land in the function itself is no way out of it.
// RUN: %leaks | FileCheck %s --implicit-check-not=warning:
#include <libpq-fe.h>
#include <setjmp.h>
static jmp_buf top;
static sigjmp_buf signal_top;

void raise_error(void) { longjmp(top, 1); }

int caught(int x) {
  PGconn *volatile conn = PQconnectdb("");
  if (setjmp(top) != 0) {
    PQfinish(conn);
    return 1;
  }
  if (x)
    longjmp(top, 1);
  PQfinish(conn);
  return 0;
}

int caught_with_mask(int x) {
  PGconn *volatile conn = PQconnectdb("");
  if (sigsetjmp(signal_top, 1) == 0 && x)
    siglongjmp(signal_top, 1);
  PQfinish(conn);
  return 0;
}

int not_caught(int x) {
  PGconn *conn = PQconnectdb("");
  if (x)
    longjmp(top, 1);
  // CHECK: :[[@LINE-1]]:5: warning: connection 'conn' is not released before control jumps out of 'not_caught' here
  PQfinish(conn);
  return 0;
}
