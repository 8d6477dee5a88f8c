// A pool that tells of its check-outs: a lease that is held too long is reported with who took it, the connections in the
// pool are not, and a lease that is not returned is leaked.
// RUN: %build_c -I%include -o %t
// RUN: env CONNSAN_OPTIONS=held=200ms:exitcode=9 not %run %t 2>&1 | FileCheck %s
// RUN: env CONNSAN_OPTIONS=held=200ms:exitcode=9 %run %t clean 2>&1 | FileCheck %s --check-prefix=CLEAN
#include <connsan/connsan.h>
#include <libpq-fe.h>
#include <unistd.h>

static PGconn *Pool[3];
static int Used;

static void fill(void) {
  for (int I = 0; I < 3; ++I)
    connsan_pooled(Pool[I] = PQconnectdb("application_name=billing"), "orders pool");
}
static PGconn *checkOut(void) {
  PGconn *Conn = Pool[Used++];
  connsan_check_out(Conn, Conn, "orders pool");
  return Conn;
}
static void checkIn(PGconn *Conn) {
  Pool[--Used] = Conn;
  connsan_check_in(Conn);
}

static __attribute__((noinline)) PGconn *handler(void) {
  PGconn *Conn = checkOut();
  PQclear(PQexec(Conn, "SELECT 1"));
  return Conn;
}

int main(int Count, char **Arguments) {
  (void)Arguments;
  fill();
  PGconn *Quick = handler();
  checkIn(Quick);
  if (Count == 1) {
    PGconn *Slow = handler();
    usleep(700000);
    checkIn(Slow);
    handler();
    usleep(500000);
  }
  return 0;
}
// CHECK-NOT: connection #1 held
// CHECK: WARNING: ConnectionSanitizer: lease #5 of pool "orders pool" held 0.{{[0-9]}} s (threshold 0.2 s), idle 0.
// CHECK-NEXT: db=postgres user={{.*}} application_name=billing
// CHECK-NEXT: checked out by thread {{[0-9]+}} at:
// CHECK-NEXT: #0 connsan_check_out
// CHECK-NEXT: #1 {{.*}}pool_lease.c:[[#]]
// CHECK: handler {{.*}}pool_lease.c:[[#]]
// CHECK: last used 0.{{[0-9]}} s ago by PQexec at:
// CHECK: look at it on the server: SELECT * FROM pg_stat_activity
// CHECK: ConnectionSanitizer: lease #5 returned after 0.
// CHECK-NOT: WARNING: ConnectionSanitizer: connection
// CHECK: ERROR: ConnectionSanitizer: lease #6 of pool "orders pool" leaked: open at exit, reported as held before
// CHECK: {{^SUMMARY: ConnectionSanitizer: 2 held, 1 leaked, 3 open at exit$}}

// CLEAN-NOT: leaked
// CLEAN: INFO: ConnectionSanitizer: 3 connections (#1 #2 #3) open at exit
// CLEAN: {{^SUMMARY: ConnectionSanitizer: 3 open at exit$}}
