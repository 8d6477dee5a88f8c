// Losing the only pointer is a leak where it is lost.
// RUN: %leaks | FileCheck %s --implicit-check-not=warning:
#include <libpq-fe.h>

void by_another(void) {
  PGconn *conn = PQconnectdb("host=a");
  if (PQstatus(conn) != CONNECTION_OK)
    conn = PQconnectdb("host=b");
  // CHECK: :[[@LINE-1]]:10: warning: connection 'conn' is overwritten here and was not released
  PQfinish(conn);
}

void by_null(int failed) {
  PGconn *conn = PQconnectdb("");
  if (failed)
    conn = NULL;
  // CHECK: :[[@LINE-1]]:10: warning: connection 'conn' is overwritten here and was not released
  PQfinish(conn);
}

void kept_elsewhere(void) {
  PGconn *first = PQconnectdb("host=a");
  PGconn *conn = first;
  conn = PQconnectdb("host=b");
  PQfinish(conn);
  PQfinish(first);
}
