// A program whose functions are all bound at once, by how it was linked or by the environment, is seen as any other.
// RUN: %build_c -Wl,-z,now -Wl,-z,relro -fPIE -pie -o %t.now
// RUN: %build_c -Wl,-z,lazy -no-pie -o %t.lazy
// RUN: readelf -d %t.now | FileCheck %s --check-prefix=FLAGS
// RUN: %run %t.now 2>&1 | FileCheck %s
// RUN: env LD_BIND_NOW=1 %run %t.lazy 2>&1 | FileCheck %s
// RUN: %run %t.lazy 2>&1 | FileCheck %s
// FLAGS: NOW
// CHECK: connection #2 open at exit
// CHECK: #1 main {{.*}}bind_now.c:
// CHECK: SUMMARY: ConnectionSanitizer: 1 open at exit
#include <libpq-fe.h>

int main(void) {
  PQfinish(PQconnectdb(""));
  PQclear(PQexec(PQconnectdb(""), "SELECT 1"));
  return 0;
}
