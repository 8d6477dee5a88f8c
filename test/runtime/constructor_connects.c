// A library connects in its constructor, which runs before ours, and another finishes in its destructor, which runs after
// main: the one is found open, the other is not.
// RUN: %cc -g -shared -fPIC -DLIBRARY %libpq_flags -x c %s -o %t.so -lpq
// RUN: %cc -g -x c %s -x none -o %t %t.so
// RUN: env CONNSAN_OPTIONS=open_at_exit=leak:exitcode=5 sh -c '%run %t; echo status $?' 2>&1 | FileCheck %s
// UNSUPPORTED: sanitized
// The library is built without them.
// CHECK: main
// CHECK-NEXT: connection #2 leaked
// CHECK: #0 PQconnectdb
// CHECK-NEXT: #1 begin {{.*}}constructor_connects.c:
// CHECK: SUMMARY: ConnectionSanitizer: 1 leaked
// CHECK: status 5
#include <stdio.h>
#ifdef LIBRARY
#include <libpq-fe.h>
static PGconn *Finished;
__attribute__((constructor)) static void begin(void) {
  Finished = PQconnectdb("");
  PQconnectdb("");
}
__attribute__((destructor)) static void end(void) { PQfinish(Finished); }
void used(void) {}
#else
void used(void);
int main(void) {
  used();
  fprintf(stderr, "main\n");
  return 0;
}
#endif
