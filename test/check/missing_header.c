// A source with a missing header is checked as far as it parsed; the exit status says that something is wrong.
// RUN: %expect_status 2 %connsan check %s -- %libpq_flags > %t 2>&1
// RUN: FileCheck %s < %t
// CHECK: connsan check: {{.*}}missing_header.c:6:10: 'not-installed.h' file not found; checked as far as it parsed
// CHECK: :[[@LINE+6]]:5: warning: connection 'conn' is not released on this return
#include "not-installed.h"
#include <libpq-fe.h>
int ping(int x) {
  PGconn *conn = PQconnectdb("");
  if (x)
    return 1;
  PQfinish(conn);
  return 0;
}
