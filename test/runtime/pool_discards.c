// A pool that finishes a connection while it is out takes the lease with it. A report of a connection that is out says
// who has it.
// RUN: %build_c -I%include -o %t
// RUN: env CONNSAN_OPTIONS=idle_in_transaction=150ms %run %t 2>&1 | FileCheck %s
#include <connsan/connsan.h>
#include <libpq-fe.h>
#include <unistd.h>

static __attribute__((noinline)) PGconn *fill(void) {
  PGconn *Conn = PQconnectdb("");
  return Conn;
}
static __attribute__((noinline)) void request(PGconn *Conn) {
  connsan_check_out(&Conn, Conn, "web");
  PQclear(PQexec(Conn, "BEGIN"));
  usleep(400000);
  PQfinish(Conn);
}

int main(void) {
  request(fill());
  connsan_check_in("never out");
  return 0;
}
// CHECK: WARNING: ConnectionSanitizer: connection #1 idle in transaction
// CHECK: acquired by thread
// CHECK: fill {{.*}}pool_discards.c
// CHECK: checked out by thread
// CHECK-NEXT: #0 connsan_check_out
// CHECK: request {{.*}}pool_discards.c
// CHECK: connection #1 released after
// CHECK-NEXT: {{^SUMMARY: ConnectionSanitizer: 1 idle-in-transaction$}}
// CHECK-NOT: {{.}}
