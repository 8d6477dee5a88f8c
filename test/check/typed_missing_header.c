// What a missing header declares may be a macro that leaves, or a function that does not return.
// RUN: %expect_status 2 %connsan check --confidence=medium %s -- %libpq_flags 2>/dev/null | FileCheck %s --implicit-check-not=warning:
#include "not-installed.h"
#include <libpq-fe.h>

int macro(int x) {
  PGconn *conn = PQconnectdb("");
  if (x) {
    FINISH_AND_EXIT();
    return 1;
  }
  PQfinish(conn);
  return 0;
}
int macro_again(int x) {
  PGconn *conn = PQconnectdb("");
  if (x) {
    FINISH_AND_EXIT();
    return 1;
  }
  PQfinish(conn);
  return 0;
}
int plain(int x) {
  PGconn *conn = PQconnectdb("");
  if (x)
    return 1;
  // CHECK: :[[@LINE-1]]:5: warning: connection 'conn' is not released on this return
  PQfinish(conn);
  return 0;
}
