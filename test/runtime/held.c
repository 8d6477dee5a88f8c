// A connection that is open longer than the threshold is reported with who it is and the stack that acquired it.
// RUN: %build_c -o %t
// RUN: env CONNSAN_OPTIONS=held=200ms %run %t 2>&1 | FileCheck %s
#include <libpq-fe.h>
#include <unistd.h>

static __attribute__((noinline)) PGconn *checkOut(void) {
  return PQconnectdb("application_name=billing");
}

int main(void) {
  PGconn *Conn = checkOut();
  usleep(600000);
  PQfinish(Conn);
  return 0;
}
// CHECK: =={{[0-9]+}}==WARNING: ConnectionSanitizer: connection #1 held 0.{{[0-9]}} s (threshold 0.2 s), never used
// CHECK-NEXT: {{^  db=postgres user=[^ ]+ host=localhost port=[0-9]+ local_port=[0-9]+ backend_pid=[0-9]+ application_name=billing$}}
// CHECK-NEXT: {{^  acquired by thread [0-9]+ at:$}}
// CHECK-NEXT: {{^    #0 PQconnectdb libpq.so.5$}}
// CHECK-NEXT: {{^    #1 checkOut .*held.c:8$}}
// CHECK-NEXT: {{^    #2 main .*held.c:12$}}
// CHECK-NEXT: {{^  look at it on the server: SELECT \* FROM pg_stat_activity WHERE pid = [0-9]+;$}}
// CHECK-NEXT: {{^==[0-9]+==ConnectionSanitizer: connection #1 released after 0.[6-9] s$}}
// CHECK-NEXT: {{^SUMMARY: ConnectionSanitizer: 1 held$}}
// CHECK-NOT: {{.}}
