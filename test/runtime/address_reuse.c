// The next connection gets the address of the last one, and is another connection.
// RUN: %build_c -o %t
// RUN: env CONNSAN_OPTIONS=held=150ms %run %t 2>&1 | FileCheck %s
#include <libpq-fe.h>
#include <stdint.h>
#include <stdio.h>
#include <unistd.h>

int main(void) {
  PGconn *First = PQconnectdb("");
  usleep(400000);
  uintptr_t Address = (uintptr_t)First;
  PQfinish(First);
  PGconn *Second = PQconnectdb("");
  fprintf(stderr, "same address: %d\n", Address == (uintptr_t)Second);
  usleep(400000);
  return 0;
}
// CHECK-DAG: WARNING: ConnectionSanitizer: connection #1 held
// CHECK-DAG: same address:
// CHECK: WARNING: ConnectionSanitizer: connection #2 held 0.{{[0-9]}} s
// CHECK: connection #2 leaked
// CHECK: {{^SUMMARY: ConnectionSanitizer: 2 held, 1 leaked$}}
