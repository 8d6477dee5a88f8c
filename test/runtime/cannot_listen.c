// libpq has no memory to note that we want to hear of a connection that was made past the wrappers: the wrappers alone
// must do then, and do.
// RUN: %build_fake
// RUN: env CONNSAN_OPTIONS=open_at_exit=leak %run %t 2>&1 | FileCheck %s
// CHECK: connected
// CHECK: connection #2 leaked: open at exit
// CHECK: SUMMARY: ConnectionSanitizer: 1 leaked
#include <dlfcn.h>
#include <libpq-fe.h>
#include <stdio.h>

int main(void) {
  PGconn *(*Connect)(const char *) =
      (PGconn * (*)(const char *)) dlsym(dlopen("libpq.so.5", RTLD_NOW | RTLD_NOLOAD), "PQconnectdb");
  PGconn *Finished = Connect(""), *Kept = Connect("");
  fprintf(stderr, "%s\n", Finished && Kept ? "connected" : "not connected");
  PQfinish(Finished);
  return 0;
}
