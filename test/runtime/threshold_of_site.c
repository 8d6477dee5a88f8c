// A site may have a threshold of its own, longer or shorter than the option's, also when the option is off.
// RUN: %build_c -o %t
// RUN: printf 'held=150ms:quick*\nheld=400ms:patient\n' > %t.supp
// RUN: env CONNSAN_OPTIONS=held=10m:suppressions=%t.supp %run %t 2>&1 | FileCheck %s
// RUN: env CONNSAN_OPTIONS=held=0:suppressions=%t.supp %run %t 2>&1 | FileCheck %s
#include <libpq-fe.h>
#include <unistd.h>

static __attribute__((noinline)) PGconn *quickly(void) {
  PGconn *Conn = PQconnectdb("");
  return Conn;
}
static __attribute__((noinline)) PGconn *patient(void) {
  PGconn *Conn = PQconnectdb("");
  return Conn;
}
static __attribute__((noinline)) PGconn *other(void) {
  PGconn *Conn = PQconnectdb("");
  return Conn;
}

int main(void) {
  PGconn *A = patient(), *B = quickly(), *C = other();
  usleep(1000000);
  PQfinish(A), PQfinish(B), PQfinish(C);
  return 0;
}
// CHECK: WARNING: ConnectionSanitizer: connection #2 held 0.{{[0-9]}} s (threshold 0.15 s)
// CHECK: WARNING: ConnectionSanitizer: connection #1 held 0.{{[0-9]}} s (threshold 0.4 s)
// CHECK: {{^SUMMARY: ConnectionSanitizer: 2 held$}}
