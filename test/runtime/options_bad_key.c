// A bad key or value is one line, the default stays, the program runs.
// RUN: %build_c -o %t
// RUN: env CONNSAN_OPTIONS=nonsense=1:held=soon:stack_depth=1000 %run %t 2>&1 | FileCheck %s
// CHECK: =={{[0-9]+}}==ConnectionSanitizer: CONNSAN_OPTIONS: unknown option 'nonsense'
// CHECK-NEXT: ConnectionSanitizer: CONNSAN_OPTIONS: bad value 'soon' for option 'held': expected a duration such as 500ms, 10s or 5m
// CHECK-NEXT: ConnectionSanitizer: CONNSAN_OPTIONS: bad value '1000' for option 'stack_depth': expected a number from 1 to 64
// CHECK-NEXT: the program runs
// CHECK-NOT: {{.}}
#include <libpq-fe.h>
#include <stdio.h>
#include <unistd.h>

int main(void) {
  PGconn *Conn = PQconnectdb("");
  usleep(200000);
  fprintf(stderr, "the program runs\n");
  PQfinish(Conn);
  return 0;
}
