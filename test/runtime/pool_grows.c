// A pool whose number of old connections keeps growing is reported.
// RUN: %build_c -o %t
// RUN: env CONNSAN_OPTIONS=held=200ms:open_at_exit=off %run %t 2>&1 | FileCheck %s
// CHECK: WARNING: ConnectionSanitizer: {{[0-9]+}} connections of one pool are open longer than 0.2 s, and their number keeps growing
// CHECK: #1 checkOut
#include <libpq-fe.h>
#include <unistd.h>

static __attribute__((noinline)) PGconn *checkOut(void) {
  PGconn *Conn = PQconnectdb("");
  return Conn;
}

static PGconn *All[24];

int main(void) {
  for (int I = 0; I < 24; ++I) {
    // One place in the source, so that it is one site.
    All[I] = checkOut();
    PQclear(PQexec(All[0], "SELECT 1"));
    usleep(40000);
  }
  usleep(500000);
  return 0;
}
