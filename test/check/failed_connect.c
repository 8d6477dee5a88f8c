// A failed connection has to be finished as well; only NULL owes nothing.
// RUN: %leaks | FileCheck %s --implicit-check-not=warning:
#include <libpq-fe.h>

int ping(void) {
  PGconn *conn = PQconnectdb("");
  if (PQstatus(conn) != CONNECTION_OK)
    // CHECK: :[[@LINE+1]]:5: warning: connection 'conn' is not released on this return
    return -1;
  // CHECK: note: taken when 'PQstatus(conn) != CONNECTION_OK' is true
  PQfinish(conn);
  return 0;
}

int ping_null(void) {
  PGconn *conn = PQconnectdb("");
  if (conn == NULL)
    return -1;
  PQfinish(conn);
  return 0;
}

int ping_finished(void) {
  PGconn *conn = PQconnectdb("");
  if (PQstatus(conn) == CONNECTION_BAD) {
    PQfinish(conn);
    return -1;
  }
  PQfinish(conn);
  return 0;
}
