// Calls in a row of a helper that can end in several ways do not multiply.
// RUN: %leaks | FileCheck %s --implicit-check-not=warning:
#include <libpq-fe.h>
int next(void);
static PGconn *shared;
static int flag, other;
#define TEN(X) X X X X X X X X X X

static void maybe(void) {
  if (next()) {
    PQfinish(shared);
    shared = NULL;
    flag = 1;
  }
  if (next())
    other = 2;
}

int in_a_row(void) {
  PGconn *conn = PQconnectdb("");
  TEN(TEN(maybe();))
  if (flag)
    return other;
  // CHECK: :[[@LINE-1]]:5: warning: connection 'conn' is not released on this return
  PQfinish(conn);
  return 0;
}
