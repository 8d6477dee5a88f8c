// Started through env and a shell script; neither of those is heard of.
// RUN: %build_c -o %t
// RUN: echo '#!/bin/sh' > %t.sh && echo 'ls / > /dev/null; exec env FOO=1 %t' >> %t.sh && chmod +x %t.sh
// RUN: %run %t.sh 2>&1 | FileCheck %s
// UNSUPPORTED: sanitized
// CHECK-NOT: SUMMARY
// CHECK: connection #1 open at exit
// CHECK: {{^SUMMARY: ConnectionSanitizer: 1 open at exit$}}
#include <libpq-fe.h>
int main(void) { return PQstatus(PQconnectdb("")); }
