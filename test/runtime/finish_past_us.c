// A connection that was made through the wrapper and is finished through a pointer from libpq's own handle:
// its socket is closed, so it is neither held nor open at exit. The one beside it is.
// RUN: %build_c -o %t
// RUN: env CONNSAN_OPTIONS=held=200ms %run %t 2>&1 | FileCheck %s
#include <dlfcn.h>
#include <libpq-fe.h>
#include <unistd.h>

int main(void) {
  PGconn *Gone = PQconnectdb("");
  PGconn *Held = PQconnectdb("");
  void (*Finish)(PGconn *) =
      (void (*)(PGconn *))dlsym(dlopen("libpq.so.5", RTLD_NOW | RTLD_NOLOAD), "PQfinish");
  Finish(Gone);
  usleep(600000);
  PQfinish(Held);
  return 0;
}
// CHECK-NOT: connection #1
// CHECK: WARNING: ConnectionSanitizer: connection #2 held 0.{{[2-5]}} s (threshold 0.2 s)
// CHECK-NOT: connection #1
// CHECK: connection #2 released after
// CHECK-NEXT: SUMMARY: ConnectionSanitizer: 1 held{{$}}
