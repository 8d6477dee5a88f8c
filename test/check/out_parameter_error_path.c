// RUN: %leaks | FileCheck %s --implicit-check-not=warning:
#include <libpq-fe.h>

int into(PGconn **out) {
  PGconn *conn = PQconnectdb("");
  if (PQstatus(conn) != CONNECTION_OK)
    return -1;
  // CHECK: :[[@LINE-1]]:5: warning: connection 'conn' is not released on this return
  *out = conn;
  return 0;
}

PGconn *factory(void) {
  PGconn *conn = PQconnectdb("");
  return PQstatus(conn) == CONNECTION_OK ? conn : NULL;
  // CHECK: :[[@LINE-1]]:3: warning: connection 'conn' is not released on this return
}
