// Static destructors of a library run after the program's; the verdict falls after both.
// RUN: %cxx -g -shared -fPIC -DLIBRARY %libpq_flags -x c++ %s -o %t.so -lpq
// RUN: %cxx -g %libpq_flags -x c++ %s -x none -o %t %t.so -lpq
// RUN: env CONNSAN_OPTIONS=open_at_exit=leak:exitcode=5 %run %t 2>&1 | FileCheck %s
// UNSUPPORTED: sanitized
// CHECK: library closes
// CHECK-NOT: ConnectionSanitizer
#include <cstdio>
#include <libpq-fe.h>
#ifdef LIBRARY
struct Pool {
  PGconn *Conn = nullptr;
  ~Pool() {
    std::fprintf(stderr, "library closes\n");
    PQfinish(Conn);
  }
};
Pool ThePool;
void open() { ThePool.Conn = PQconnectdb(""); }
#else
void open();
int main() { open(); }
#endif
