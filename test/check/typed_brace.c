// Without its opening brace, a block ends the function.
// RUN: %expect_status 2 %connsan check --confidence=medium %s -- %libpq_flags 2>/dev/null | FileCheck %s --implicit-check-not=warning:
#include <libpq-fe.h>

int before(int x) {
  PGconn *conn = PQconnectdb("");
  if (x)
    return 1;
  // CHECK: :[[@LINE-1]]:5: warning: connection 'conn' is not released on this return
  PQfinish(conn);
  return 0;
}
int last(int x) {
  PGconn *conn = PQconnectdb("");
  if (x)
    PQfinish(conn);
    return 1;
  }
}
int statements_follow(int x) {
  PGconn *conn = PQconnectdb("");
  if (x)
    PQreset(conn);
  }
  return PQfinish(conn), 1;
}
