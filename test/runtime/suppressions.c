// A file says of which sites what is not reported, or only later.
// RUN: %build_c -o %t
// RUN: %t write > %t.supp
// RUN: env CONNSAN_OPTIONS=held=150ms:idle_in_transaction=150ms:suppressions=%t.supp:open_at_exit=leak %run %t 2>&1 | FileCheck %s
// RUN: env CONNSAN_OPTIONS=held=150ms:idle_in_transaction=150ms:open_at_exit=leak %run %t > %t.all 2>&1
// RUN: FileCheck %s --check-prefix=ALL < %t.all
#include <libpq-fe.h>
#include <stdio.h>
#include <unistd.h>

static __attribute__((noinline)) PGconn *listener(void) {
  return PQconnectdb("application_name=listener");
}
static __attribute__((noinline)) PGconn *batchJob(void) {
  PGconn *Conn = PQconnectdb("application_name=batch");
  return Conn;
}
static __attribute__((noinline)) PGconn *request(void) {
  PGconn *Conn = PQconnectdb("application_name=web");
  return Conn;
}
static __attribute__((noinline)) PGconn *cache(void) {
  PGconn *Conn = PQconnectdb("application_name=cache");
  PQclear(PQexec(Conn, "BEGIN"));
  return Conn;
}

int main(int Count, char **Arguments) {
  (void)Arguments;
  if (Count > 1) {
    puts("# what may stay\n");
    puts("held:application_name=listen*\r");
    puts("  leak : application_name=listener ");
    puts("held=60m:batchJob");
    puts("leak:*/suppressions.c.tmp-no-such-module");
    puts("held:cache\nidle_in_transaction:cac?e");
    return 0;
  }
  listener(), batchJob(), request(), cache();
  usleep(600000);
  return 0;
}
// CHECK-NOT: ConnectionSanitizer
// CHECK: WARNING: ConnectionSanitizer: connection #3 held
// CHECK-NOT: WARNING
// CHECK: ERROR: ConnectionSanitizer: connection #2 leaked
// CHECK: ERROR: ConnectionSanitizer: connection #3 leaked
// CHECK: ERROR: ConnectionSanitizer: connection #4 leaked
// CHECK: {{^SUMMARY: ConnectionSanitizer: 1 held, 3 leaked, 4 suppressed$}}

// ALL: {{^SUMMARY: ConnectionSanitizer: 4 held, 1 idle-in-transaction, 4 leaked$}}
