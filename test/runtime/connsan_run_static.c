// A static program cannot be observed, which is said; it runs all the same.
// RUN: %cc -static -x c %s -o %t
// RUN: %connsan run %t 2>&1 | FileCheck %s
// CHECK: connsan run: warning: '{{.*}}' is statically linked: nothing can be preloaded, no leak will be seen; link it to shared libraries
// CHECK: hello
// RUN: not %connsan run --ci %t 2>&1 | FileCheck %s --check-prefix=CI
// CI: connsan run: '{{.*}}' is statically linked
// CI: nothing was run
// CI-NOT: hello
// UNSUPPORTED: sanitized
#include <stdio.h>
int main(void) {
  puts("hello");
  return 0;
}
