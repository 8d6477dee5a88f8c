// A program brings options of its own; those of the environment have the last word.
// RUN: %build_cxx -I%include -o %t
// RUN: not %run %t 2>&1 | FileCheck %s
// RUN: env CONNSAN_OPTIONS=exitcode=0:held=0 %run %t 2>&1 | FileCheck %s --check-prefix=OVERRIDDEN
#include <connsan/connsan.h>
#include <libpq-fe.h>
#include <unistd.h>

CONNSAN_DEFAULT_OPTIONS("held=100ms:exitcode=9:open_at_exit=leak:nonsense=1")

int main() {
  PQconnectdb("");
  usleep(300000);
}
// CHECK: ConnectionSanitizer: the program's default options: unknown option 'nonsense'
// CHECK: connection #1 held
// CHECK: {{^SUMMARY: ConnectionSanitizer: 1 held, 1 leaked$}}

// OVERRIDDEN-NOT: WARNING
// OVERRIDDEN: {{^SUMMARY: ConnectionSanitizer: 1 leaked$}}
