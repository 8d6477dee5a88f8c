// RUN: %leaks | FileCheck %s --implicit-check-not=warning:
#include <libpq-fe.h>
static int finish(PGconn *conn) { PQfinish(conn); return 1; }

int skipped(int wanted) {
  PGconn *conn = PQconnectdb("");
  int done = wanted && finish(conn);
  return done;
  // CHECK: :[[@LINE-1]]:3: warning: connection 'conn' is not released on this return
  // CHECK: note: taken when 'wanted' is false
}

void noticed(int wanted) {
  PGconn *conn = PQconnectdb("");
  int done = wanted && finish(conn);
  if (!done)
    PQfinish(conn);
}

void nested(int a, int b, int c) {
  PGconn *conn = PQconnectdb("");
  int keep = (a || b) && c;
  if (keep)
    PQfinish(conn);
  if (!keep)
    PQfinish(conn);
}
