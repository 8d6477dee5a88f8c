// What is not evaluated releases nothing.
// RUN: %leaks | FileCheck %s --implicit-check-not=warning:
#include <libpq-fe.h>

void sized(void) {
  PGconn *conn = PQconnectdb("");
  // CHECK: :[[@LINE-1]]:18: warning: connection 'conn' is never released
  (void)sizeof(PQfinish(conn), 1);
}
