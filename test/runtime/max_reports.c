// Past a number of reports in full the rest is counted only.
// RUN: %build_c -o %t
// RUN: env CONNSAN_OPTIONS=max_reports=2:exitcode=9 not %run %t 2>&1 | FileCheck %s
// RUN: env CONNSAN_OPTIONS=max_reports=0:exitcode=9 not %run %t 2>&1 | FileCheck %s --check-prefix=NONE
// RUN: env CONNSAN_OPTIONS=exitcode=9 not %run %t 2>&1 | FileCheck %s --check-prefix=ALL
#include <libpq-fe.h>

int main(void) {
  PQconnectdb("nonsense");
  PQconnectdb("nonsense");
  PQconnectdb("nonsense");
  return 0;
}
// CHECK: connection #1 leaked
// CHECK: connection #2 leaked
// CHECK: ConnectionSanitizer: this was the last report in full (max_reports=2); what follows is counted
// CHECK-NEXT: {{^SUMMARY: ConnectionSanitizer: 3 leaked$}}

// NONE-NOT: connection #
// NONE: {{^SUMMARY: ConnectionSanitizer: 3 leaked$}}

// ALL: connection #3 leaked
// ALL: {{^SUMMARY: ConnectionSanitizer: 3 leaked$}}
