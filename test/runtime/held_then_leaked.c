// Reported as held and still open at exit: leaked, without being asked for.
// RUN: %build_c -o %t
// RUN: env CONNSAN_OPTIONS=held=100ms:exitcode=7 sh -c '%run %t; echo status $?' 2>&1 | FileCheck %s
#include <libpq-fe.h>
#include <unistd.h>

int main(void) {
  PQconnectdb("");
  usleep(500000);
  return 0;
}
// CHECK: WARNING: ConnectionSanitizer: connection #1 held
// CHECK: ERROR: ConnectionSanitizer: connection #1 leaked: open at exit, reported as held before, held 0.
// CHECK: {{^SUMMARY: ConnectionSanitizer: 1 held, 1 leaked$}}
// CHECK: {{^status 7$}}
