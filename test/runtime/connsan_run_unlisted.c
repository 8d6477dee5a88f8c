// A state directory in which the program may write and connsan run may not look is told of: the end is not reported.
// REQUIRES: privileged-files
// UNSUPPORTED: sanitized
// RUN: %build_c -o %t && rm -rf %t.d && install -d -m 1733 %t.d
// RUN: setpriv --reuid=65534 --regid=65534 --clear-groups %connsan run --state-path=%t.d/x %t 2>&1 | FileCheck %s
// RUN: ls %t.d | FileCheck %s --check-prefix=KEPT
// CHECK: connsan run: warning: cannot look for states in {{.*}}.d: Permission denied: what was left open is not reported
// KEPT: x.{{[0-9]+}}.state
#include <libpq-fe.h>

int main(void) {
  PQconnectdb("");
  return 0;
}
