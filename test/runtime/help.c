// help=1 prints the table of options.
// RUN: %build_c -o %t
// RUN: env CONNSAN_OPTIONS=help=1 %run %t 2>&1 | FileCheck %s
// RUN: %connsan run --help | FileCheck %s
// CHECK: held=60s
// CHECK: idle_in_transaction=10s
// CHECK: open_at_exit=info
// CHECK: symbolize=full
#include <libpq-fe.h>

int main(void) {
  PQfinish(PQconnectdb(""));
  return 0;
}
