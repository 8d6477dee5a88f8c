// What is wrong in a suppression file is told in one line each; the rest counts, and the program runs.
// RUN: %build_c -o %t
// RUN: printf 'held main\nheldd:main\nheld=5:main\nleak=5s:main\nleak:\nleak:main\n' > %t.supp
// RUN: env CONNSAN_OPTIONS=suppressions=%t.supp:open_at_exit=leak %run %t 2>&1 | FileCheck %s
// RUN: env CONNSAN_OPTIONS=suppressions=%t.none %run %t 2>&1 | FileCheck %s --check-prefix=MISSING
// RUN: env CONNSAN_OPTIONS=suppressions=/dev/zero %run %t 2>&1 | FileCheck %s --check-prefix=DEVICE
// RUN: env CONNSAN_OPTIONS=suppressions=/tmp %run %t 2>&1 | FileCheck %s --check-prefix=DIRECTORY
// RUN: head -c 1100000 /dev/zero > %t.large
// RUN: env CONNSAN_OPTIONS=suppressions=%t.large %run %t 2>&1 | FileCheck %s --check-prefix=LARGE
// RUN: rm %t.large
#include <libpq-fe.h>

int main(void) {
  return PQstatus(PQconnectdb("")) != CONNECTION_OK;
}
// CHECK: ConnectionSanitizer: {{.*}}.supp: line 1: expected KIND:PATTERN
// CHECK-NEXT: ConnectionSanitizer: {{.*}}.supp: line 2: expected held, idle_in_transaction,
// CHECK-NEXT: ConnectionSanitizer: {{.*}}.supp: line 3: expected a threshold such as 500ms, 10s or 5m
// CHECK-NEXT: ConnectionSanitizer: {{.*}}.supp: line 4: growth and leak have no threshold
// CHECK-NEXT: ConnectionSanitizer: {{.*}}.supp: line 5: no pattern after the colon
// CHECK-NEXT: {{^SUMMARY: ConnectionSanitizer: 1 suppressed$}}
// MISSING: ConnectionSanitizer: cannot read the suppressions {{.*}}.none: No such file or directory
// MISSING: connection #1 open at exit
// DEVICE: ConnectionSanitizer: cannot read the suppressions /dev/zero: not a file
// DIRECTORY: ConnectionSanitizer: cannot read the suppressions /tmp: not a file
// DIRECTORY: connection #1 open at exit
// LARGE: ConnectionSanitizer: cannot read the suppressions {{.*}}.large: larger than 1 MB
// LARGE: connection #1 open at exit
