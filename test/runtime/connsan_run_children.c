// connsan run reports on all that the program starts, by site over all processes. With --ci a leak in any of them counts,
// also when nobody looked at its exit status.
// RUN: %build_c -o %t
// RUN: %connsan run sh -c '%t; %t; %t; true' 2>&1 | FileCheck %s
// RUN: not %connsan run --ci sh -c '%t; true' 2>&1 | FileCheck %s --check-prefix=CI
// RUN: sh -c '%connsan run --ci sh -c "%t; exit 7"; echo status $?' 2>/dev/null | FileCheck %s --check-prefix=OWN
// UNSUPPORTED: sanitized
// CHECK: connsan run: 3 processes (3 ended): 3 connections open
// CHECK: 1 3 0 0 3 0 {{.*}} s 3 main {{.*}}connsan_run_children.c:15
// CI: connsan run: 1 process (1 ended): 1 connection open, 1 leaked
// OWN: status 7
#include <libpq-fe.h>

int main(void) {
  PQconnectdb("");
  return 0;
}
