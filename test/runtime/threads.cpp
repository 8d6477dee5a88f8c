// Many threads connecting and finishing: nothing is lost, nothing remains, the one that is kept is found.
// RUN: %build_cxx -o %t
// RUN: env CONNSAN_OPTIONS=held=50ms:open_at_exit=leak %run %t 2>&1 | FileCheck %s
// CHECK-NOT: leaked
// CHECK: done
// CHECK: ERROR: ConnectionSanitizer: connection #{{[0-9]+}} leaked
// CHECK-NEXT: host=localhost
// CHECK-NOT: leaked:
// CHECK: SUMMARY: ConnectionSanitizer:{{.*}} 1 leaked
#include <cstdio>
#include <libpq-fe.h>
#include <thread>
#include <vector>

int main() {
  std::vector<std::thread> Threads;
  for (int I = 0; I < 64; ++I)
    Threads.emplace_back([I] {
      for (int Round = 0; Round < 40; ++Round) {
        PGconn *Conn = PQconnectdb("host=/nonexistent");
        PQclear(PQexec(Conn, "SELECT 1"));
        PQfinish(Conn);
      }
      if (I % 16 == 0) {
        PGconn *Conn = PQconnectdb("");
        PQclear(PQexec(Conn, "SELECT 1"));
        PQfinish(Conn);
      }
    });
  for (std::thread &T : Threads)
    T.join();
  PQconnectdb("");
  std::fprintf(stderr, "done\n");
}
