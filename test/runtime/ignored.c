// What a program declares as meant to stay is not reported: a connection, a lease, and all that a thread acquires in a
// scope.
// RUN: %build_c -I%include -o %t
// RUN: env CONNSAN_OPTIONS=held=100ms:open_at_exit=leak:exitcode=9 %run %t 2>&1 | FileCheck %s
#include <connsan/connsan.h>
#include <libpq-fe.h>
#include <unistd.h>

int main(void) {
  PGconn *Listener = PQconnectdb("");
  connsan_ignore(Listener);
  connsan_disable();
  connsan_disable();
  PQconnectdb("");
  connsan_enable();
  PQconnectdb("");
  connsan_enable();
  connsan_enable();
  int Lease;
  connsan_check_out(&Lease, NULL, NULL);
  connsan_ignore(&Lease);
  PGconn *Seen = PQconnectdb("");
  usleep(400000);
  PQfinish(Seen);
  return 0;
}
// CHECK: WARNING: ConnectionSanitizer: connection #5 held
// CHECK: connection #5 released after
// CHECK-NEXT: {{^SUMMARY: ConnectionSanitizer: 1 held$}}
// CHECK-NOT: {{.}}
