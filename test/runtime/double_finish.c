// The report of a second PQfinish is complete before the call goes on, which may end the process.
// RUN: %build_c -o %t
// RUN: not --crash %run %t 2>&1 | FileCheck %s
#include <libpq-fe.h>
#include <stdlib.h>

static __attribute__((noinline)) void first(PGconn *Conn) {
  PQfinish(Conn);
}
static __attribute__((noinline)) void second(PGconn *Conn) {
  PQfinish(Conn);
}

int main(void) {
  PGconn *Conn = PQconnectdb("application_name=twice");
  first(Conn);
  second(Conn);
  abort();
}
// CHECK: ERROR: ConnectionSanitizer: connection #1 is finished a second time
// CHECK-NEXT: {{^  acquired by thread [0-9]+ at:$}}
// CHECK-NEXT: #0 PQconnectdb libpq.so.5
// CHECK-NEXT: #1 main {{.*}}double_finish.c:15
// CHECK-NEXT: {{^  finished [0-9.]+ s ago by thread [0-9]+ at:$}}
// CHECK-NEXT: #0 PQfinish libpq.so.5
// CHECK-NEXT: #1 first {{.*}}double_finish.c:8
// CHECK-NEXT: #2 main {{.*}}double_finish.c:16
// CHECK-NEXT: {{^  finished again by thread [0-9]+ at:$}}
// CHECK-NEXT: #0 PQfinish libpq.so.5
// CHECK-NEXT: #1 second {{.*}}double_finish.c:11
// CHECK-NEXT: #2 main {{.*}}double_finish.c:17
// UNSUPPORTED: sanitized
