// A query inside a transaction is told from one outside, and a failed transaction from one that can go on.
// RUN: %build_c -o %t
// RUN: env CONNSAN_OPTIONS=long_query=150ms:log_path=%t.log:open_at_exit=off %run %t
// RUN: cat %t.log.* | FileCheck %s
// RUN: rm %t.log.*
#include <libpq-fe.h>
#include <unistd.h>

static void run(PGconn *Conn, const char *Query) {
  PQclear(PQexec(Conn, Query));
}

int main(void) {
  PGconn *Conn = PQconnectdb("");
  run(Conn, "SELECT pg_sleep(0.4)");
  run(Conn, "BEGIN");
  run(Conn, "SELECT pg_sleep(0.4)");
  run(Conn, "COMMIT");
  // The same when the query is sent and its result awaited.
  PGconn *Other = PQconnectdb("");
  run(Other, "BEGIN");
  PQsendQuery(Other, "SELECT pg_sleep(0.4)");
  PQclear(PQgetResult(Other));
  PQclear(PQgetResult(Other));
  PQfinish(Other);
  PQfinish(Conn);
  return 0;
}
// CHECK: WARNING: ConnectionSanitizer: connection #1 query in flight 0.{{[0-9]}} s (threshold 0.15 s), held 0.
// CHECK: connection #2 query in flight 0.{{[0-9]}} s in a transaction (threshold 0.15 s), held 0.
// CHECK: SUMMARY: ConnectionSanitizer: 3 long-query
// CHECK: "state":"active"
// CHECK: "state":"active_in_transaction"
