// A program that leaves nothing open, and one that never connects, are not spoken of.
// RUN: %build_c -o %t
// RUN: %connsan run %t 2>&1 | FileCheck %s
// RUN: %connsan run echo done 2>&1 | FileCheck %s
// CHECK-NOT: connsan
// CHECK: done
// CHECK-NOT: connsan
// UNSUPPORTED: sanitized
#include <libpq-fe.h>
#include <stdio.h>

int main(void) {
  PQfinish(PQconnectdb(""));
  printf("done\n");
  return 0;
}
