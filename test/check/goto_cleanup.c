// The cleanup idiom is understood, and so is a jump past it.
// RUN: %leaks | FileCheck %s --implicit-check-not=warning:
#include <libpq-fe.h>

int good(int skip) {
  PGconn *conn = NULL;
  int rc = -1;
  if (skip)
    goto out;
  conn = PQconnectdb("");
  if (PQstatus(conn) != CONNECTION_OK)
    goto out;
  rc = 0;
out:
  if (conn != NULL)
    PQfinish(conn);
  return rc;
}

int ladder(void) {
  int rc = -1;
  PGconn *from = PQconnectdb("service=from");
  PGconn *to;
  if (PQstatus(from) != CONNECTION_OK)
    goto close_from;
  to = PQconnectdb("service=to");
  if (PQstatus(to) != CONNECTION_OK)
    goto close_from; // misses close_to
  rc = 0;
  PQfinish(to);
close_from:
  PQfinish(from);
  return rc;
  // CHECK: :[[@LINE-1]]:3: warning: connection 'to' is not released on this return
  // CHECK: note: taken when 'PQstatus(to) != CONNECTION_OK' is true
}

void scope(int n) {
again: {
  PGconn *conn = PQconnectdb("");
  if (n-- > 0)
    goto again;
  // CHECK: :[[@LINE-1]]:5: warning: connection 'conn' is not released before this 'goto'
  PQfinish(conn);
}
}
