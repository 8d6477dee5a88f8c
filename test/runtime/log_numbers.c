// A JSON line that stands for several connections has their numbers, of no more than a thousand.
// RUN: %build_fake
// RUN: rm -rf %t.dir && mkdir %t.dir
// RUN: env CONNSAN_OPTIONS=log_path=%t.dir/log %run %t
// RUN: sh -c 'cat %t.dir/log.*.jsonl' | FileCheck %s
// CHECK: "kind":"leaked",{{.*}}"count":2,"numbers":[1,2],"connection":1,
// CHECK: "kind":"leaked",{{.*}}"count":1200,"numbers":[3,4,5,{{[0-9,]*}},1002],"connection":3,
// CHECK: "kind":"open_at_exit",{{.*}}"count":1,"connection":1203,
#include <libpq-fe.h>

static __attribute__((noinline)) void leak(volatile int Count) {
  for (int I = 0; I < Count; ++I)
    PQconnectdb("");
}

int main(void) {
  leak(2);
  leak(1200);
  leak(1);
  return 0;
}
