// Leases of libzdb's pool are seen without its help.
// RUN: %build_c -I/usr/include/zdb -o %t -lzdb
// RUN: env CONNSAN_OPTIONS=exitcode=9:open_at_exit=leak not %run %t 2>&1 | FileCheck %s
// RUN: env CONNSAN_OPTIONS=exitcode=9:open_at_exit=leak %run %t clean 2>&1 | FileCheck %s --check-prefix=CLEAN --allow-empty
// REQUIRES: libzdb
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include <zdb.h>

static __attribute__((noinline)) void request(ConnectionPool_T Pool, int GiveBack) {
  Connection_T Connection = ConnectionPool_getConnection(Pool);
  Connection_executeQuery(Connection, "SELECT 1");
  if (GiveBack)
    Connection_close(Connection);
}

int main(int Count, char **Arguments) {
  (void)Arguments;
  char Place[512];
  snprintf(Place, sizeof Place, "postgresql://%s:%s/%s?user=%s&password=%s", getenv("PGHOST"), getenv("PGPORT"),
           getenv("PGDATABASE"), getenv("PGUSER"), getenv("PGPASSWORD"));
  URL_T Url = URL_new(Place);
  ConnectionPool_T Pool = ConnectionPool_new(Url);
  ConnectionPool_start(Pool);
  for (int I = 0; I < 3; ++I)
    request(Pool, 1);
  if (Count == 1) {
    request(Pool, 0);
    return 0;
  }
  ConnectionPool_free(&Pool);
  URL_free(&Url);
  return 0;
}
// CHECK: ERROR: ConnectionSanitizer: lease #[[#]] of pool libzdb leaked: open at exit
// CHECK-NEXT: checked out by thread
// CHECK-NEXT: #0 ConnectionPool_getConnection
// CHECK-NEXT: #1 request {{.*}}libzdb_pool.c:[[#]]

// CLEAN-NOT: ConnectionSanitizer
