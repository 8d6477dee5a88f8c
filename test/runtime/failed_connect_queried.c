// A query on a connection that has failed does not make it a good one.
// RUN: %build_c -o %t && %run %t 2>&1 | FileCheck %s
#include <libpq-fe.h>

int main(void) {
  PGconn *Conn = PQconnectdb("host=/nowhere");
  PQclear(PQexec(Conn, "SELECT 1"));
  PQsendQuery(Conn, "SELECT 1");
  PQclear(PQgetResult(Conn));
  return 0;
}
// CHECK: ERROR: ConnectionSanitizer: connection #1 leaked: failed to connect and never finished
