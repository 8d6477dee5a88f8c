// A function with code that did not parse is no base for a finding; the others are checked.
// RUN: %expect_status 2 %connsan check %s -- %libpq_flags 2>/dev/null | FileCheck %s --implicit-check-not=warning:
#include <libpq-fe.h>

void broken() {
  PGconn *conn = PQconnectdb("");
  auto keeper = unknown::guard(conn);
}

int whole(int x) {
  PGconn *conn = PQconnectdb("");
  if (x)
    return 1;
  // CHECK: :[[@LINE-1]]:5: warning: connection 'conn' is not released on this return
  PQfinish(conn);
  return 0;
}
