// RUN: %build_c -o %t
// RUN: env CONNSAN_OPTIONS=stack_depth=3 %run %t 2>&1 | FileCheck %s
// CHECK: #0 PQconnectdb
// CHECK-NEXT: #1 nest
// CHECK-NEXT: #2 nest
// CHECK-NEXT: #3 nest
// CHECK-NEXT: SUMMARY
#include <libpq-fe.h>

static __attribute__((noinline, noclone)) int nest(int Level) {
  volatile int Result = Level ? nest(Level - 1) : PQstatus(PQconnectdb(""));
  return Result;
}

int main(void) { return nest(90); }
