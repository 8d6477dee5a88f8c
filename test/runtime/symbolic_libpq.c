// A libpq that does not call itself through its symbol table (-Bsymbolic): calls of the program are seen as ever; what is
// connected through libpq's own handle is not seen at all, and not disturbed.
// RUN: mkdir -p %t.fake
// RUN: %cc -g -O1 -shared -fPIC -Wl,-Bsymbolic -x c %S/Inputs/fake_libpq.c -Wl,-soname,libpq.so.5 -o %t.fake/libpq.so.5
// RUN: %cc -g -O1 %libpq_flags -x c %s -x none %t.fake/libpq.so.5 -Wl,-rpath,%t.fake -o %t
// RUN: env CONNSAN_OPTIONS=open_at_exit=leak %run %t > %t.out 2>&1
// RUN: FileCheck %s < %t.out
// CHECK-NOT: connection #2
// CHECK: connection #1 leaked: open at exit
// CHECK: #0 PQconnectdb
// CHECK-NEXT: #1 main {{.*}}symbolic_libpq.c:20
// CHECK: SUMMARY: ConnectionSanitizer: 1 leaked
#include <dlfcn.h>
#include <libpq-fe.h>

int main(void) {
  void *Libpq = dlopen("libpq.so.5", RTLD_NOW | RTLD_NOLOAD);
  PGconn *(*Connect)(const char *) = (PGconn * (*)(const char *)) dlsym(Libpq, "PQconnectdb");
  void (*Finish)(PGconn *) = (void (*)(PGconn *))dlsym(Libpq, "PQfinish");
  PQconnectdb("");
  Finish(Connect(""));
  PQfinish(PQconnectdb(""));
  return !Connect("");
}
