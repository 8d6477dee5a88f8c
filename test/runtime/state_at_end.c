// A process that ends by itself leaves its last words in its state: what leaked and why, and not what a rule says not to
// tell.
// RUN: %build_c -o %t
// RUN: rm -rf %t.dir && mkdir %t.dir
// RUN: echo 'leak:application_name=listener' >%t.rules
// RUN: env CONNSAN_OPTIONS=held=0:suppressions=%t.rules:state_path=%t.dir/app %run %t 2>%t.err
// RUN: %connsan report --json %t.dir | FileCheck %s
// CHECK: {"ending":"ended",
// CHECK: "connections":[
// CHECK-NEXT: {"acquired":{{.*}}"id":1,{{.*}}"leaked":"several_from_one_site"
// CHECK-NEXT: {"acquired":{{.*}}"id":2,{{.*}}"leaked":"several_from_one_site"
// CHECK-NOT: "acquired"
#include <libpq-fe.h>

static __attribute__((noinline)) void connectTwice(const char *Info) {
  for (volatile int I = 0; I < 2; ++I)
    PQconnectdb(Info);
}

int main(void) {
  connectTwice("application_name=forgotten");
  connectTwice("application_name=listener");
  PQfinish(PQconnectdb(""));
  return 0;
}
