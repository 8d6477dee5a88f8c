// The functions for large objects are seen by the call that they make of libpq's own.
// RUN: %build_c -o %t
// RUN: %run %t 2>&1 | FileCheck %s
#include <libpq-fe.h>
#include <libpq/libpq-fs.h>

static __attribute__((noinline)) void writeObject(PGconn *Conn) {
  PQclear(PQexec(Conn, "BEGIN"));
  Oid Object = lo_creat(Conn, INV_READ | INV_WRITE);
  int File = lo_open(Conn, Object, INV_WRITE);
  lo_write(Conn, File, "text", 4);
}

int main(void) {
  writeObject(PQconnectdb(""));
  return 0;
}
// CHECK: INFO: ConnectionSanitizer: connection #1 open at exit, held {{.*}}, idle in transaction
// CHECK: last used {{.*}} by PQfn at:
// CHECK-NEXT: #0 PQfn libpq.so.5
// CHECK-NEXT: #1 lo_write libpq.so.5
// CHECK-NEXT: #2 writeObject {{.*}}large_objects.c:[[#]]
