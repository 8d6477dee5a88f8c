// A reset is the same connection on a new backend; the time held goes on.
// RUN: %build_c -o %t
// RUN: env CONNSAN_OPTIONS=held=300ms %run %t 2>&1 | FileCheck %s
#include <libpq-fe.h>
#include <stdio.h>
#include <unistd.h>

int main(void) {
  PGconn *Conn = PQconnectdb("");
  PQclear(PQexec(Conn, "BEGIN"));
  PQreset(Conn);
  fprintf(stderr, "backend %d\n", PQbackendPID(Conn));
  usleep(500000);
  PQfinish(Conn);
  return 0;
}
// CHECK: backend [[PID:[0-9]+]]
// CHECK: connection #1 held 0.{{[3-5]}} s
// CHECK-NOT: transaction
// CHECK: backend_pid=[[PID]]
// CHECK: connection #1 released after
// CHECK: {{^SUMMARY: ConnectionSanitizer: 1 held$}}
