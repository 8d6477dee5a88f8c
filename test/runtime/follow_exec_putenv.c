// follow_exec=0: a library that is initialized before the runtime has put a constant into the environment, which is
// replaced and not written to.
// RUN: %cc -shared -fPIC -DEARLY='"LD_PRELOAD=%runtime_lib:%t.so"' -x c %s -o %t.so
// RUN: %cc -x c %s -o %t
// RUN: env CONNSAN_OPTIONS=follow_exec=0 LD_PRELOAD=%runtime_lib:%t.so %t | FileCheck %s -DT=%t --match-full-lines
// UNSUPPORTED: sanitized
// CHECK: early
// CHECK-NEXT: main [[T]].so
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#ifdef EARLY
__attribute__((constructor)) static void begin(void) {
  // A constructor that comes after the runtime's would find the list without it.
  if (strstr(getenv("LD_PRELOAD"), "libconnsan_rt.so"))
    puts("early");
  putenv((char *)EARLY);
}
#else
int main(void) {
  printf("main %s\n", getenv("LD_PRELOAD"));
  return 0;
}
#endif
