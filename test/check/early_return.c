// An early return forgets the connection; the notes tell the way there.
// RUN: %leaks | FileCheck %s --implicit-check-not=warning:
#include <libpq-fe.h>

int report(const char *conninfo, int verbose) {
  PGconn *conn = PQconnectdb(conninfo);
  if (verbose)
    // CHECK: early_return.c:[[@LINE+1]]:5: warning: connection 'conn' is not released on this return [connsan-connection-leak]
    return 1;
  PQfinish(conn);
  return 0;
}
// CHECK: :6:18: note: acquired here by 'PQconnectdb'
// CHECK: :7:7: note: taken when 'verbose' is true
// CHECK: :10:3: note: released here on another path
