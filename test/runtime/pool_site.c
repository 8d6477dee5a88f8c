// A connection that is used again after lying idle makes its site a pool's: not reported one by one.
// RUN: %build_c -o %t
// RUN: env CONNSAN_OPTIONS=held=1000ms:open_at_exit=off %run %t 2>&1 | FileCheck %s --allow-empty
// CHECK-NOT: WARNING
#include <libpq-fe.h>
#include <unistd.h>

int main(void) {
  PGconn *Pool[4];
  for (int I = 0; I < 4; ++I)
    Pool[I] = PQconnectdb("");
  for (int Round = 0; Round < 8; ++Round) {
    PQclear(PQexec(Pool[Round % 4], "SELECT 1"));
    usleep(150000);
  }
  for (int I = 0; I < 4; ++I)
    PQfinish(Pool[I]);
  return 0;
}
