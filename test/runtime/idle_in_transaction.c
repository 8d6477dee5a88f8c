// In a transaction with no call in flight: reported with the last use; a failed transaction counts too.
// RUN: %build_c -o %t
// RUN: env CONNSAN_OPTIONS=idle_in_transaction=150ms %run %t 2>&1 | FileCheck %s
#include <libpq-fe.h>
#include <unistd.h>

static __attribute__((noinline)) void begin(PGconn *Conn) { PQclear(PQexec(Conn, "BEGIN")); } // line 7

int main(void) {
  PGconn *Conn = PQconnectdb("");
  begin(Conn); // line 11
  usleep(400000);
  PQclear(PQexec(Conn, "COMMIT"));
  usleep(400000);
  PQfinish(Conn);

  Conn = PQconnectdb("");
  begin(Conn);
  PQclear(PQexec(Conn, "SELECT nonsense"));
  usleep(400000);
  PQfinish(Conn);
  return 0;
}
// CHECK: WARNING: ConnectionSanitizer: connection #1 idle in transaction 0.{{[0-9]}} s (threshold 0.15 s), held 0.
// CHECK: last used 0.{{[0-9]}} s ago by PQexec at:
// CHECK-NEXT: #0 PQexec libpq.so.5
// CHECK-NEXT: #1 begin {{.*}}idle_in_transaction.c:7
// CHECK-NEXT: #2 main {{.*}}idle_in_transaction.c:11
// CHECK: connection #1 released after
// CHECK: WARNING: ConnectionSanitizer: connection #2 idle in a failed transaction
// CHECK: {{^SUMMARY: ConnectionSanitizer: 2 idle-in-transaction$}}
