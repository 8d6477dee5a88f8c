// RUN: %build_c -o %t
// RUN: env CONNSAN_OPTIONS=verbosity=1 %run %t 2>&1 | FileCheck %s
// CHECK: ConnectionSanitizer: version {{[0-9.]+}} observes the libpq connections of this process
#include <libpq-fe.h>

int main(void) {
  PQfinish(PQconnectdb(""));
  return 0;
}
