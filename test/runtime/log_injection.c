// What a name holds cannot end a line or steer a terminal.
// RUN: rm -rf %t.dir && mkdir %t.dir
// RUN: %build_c -o %t
// RUN: env CONNSAN_OPTIONS=log_path=%t.dir/log %run %t
// RUN: cat %t.dir/log.* | FileCheck %s
// CHECK: user="evil\x0a==1==WARNING: fake\x1b[2J\"x"
// CHECK-NOT: {{^==1==WARNING}}
// CHECK: "user":"evil\u000a==1==WARNING: fake\u001b[2J\"x"
#include <libpq-fe.h>

int main(void) {
  PQsetdbLogin("/nonexistent", NULL, NULL, NULL, NULL, "evil\n==1==WARNING: fake\x1b[2J\"x", NULL);
  return 0;
}
