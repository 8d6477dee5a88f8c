// Forking while other threads connect and finish, from the very first connect on: no child hangs on a lock of ours, no
// record is lost. (The child's conninfo is one that fails early: libpq has a lock of its own further on.)
// RUN: %build_cxx -o %t
// RUN: env CONNSAN_OPTIONS=open_at_exit=leak:exitcode=9 %run %t 2>&1 | FileCheck %s
// UNSUPPORTED: sanitized
// CHECK-NOT: ConnectionSanitizer
// CHECK: children 100 of 100
// CHECK-NOT: ConnectionSanitizer
#include <atomic>
#include <cstdio>
#include <libpq-fe.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>
#include <vector>

int main() {
  std::atomic<bool> Stop = false;
  std::vector<std::thread> Threads;
  for (int I = 0; I < 4; ++I)
    Threads.emplace_back([&Stop] {
      while (!Stop) {
        PGconn *Conn = PQconnectdb("host=/nonexistent");
        PQclear(PQexec(Conn, "SELECT 1"));
        PQfinish(Conn);
      }
    });
  int Good = 0;
  for (int I = 0; I < 100; ++I) {
    pid_t Child = fork();
    if (!Child) {
      alarm(20);
      PGconn *Conn = PQconnectdb("nonsense");
      PQclear(PQexec(Conn, "SELECT 1"));
      PQfinish(Conn);
      _exit(0);
    }
    int Status;
    waitpid(Child, &Status, 0);
    Good += Status == 0;
  }
  Stop = true;
  for (std::thread &T : Threads)
    T.join();
  std::printf("children %d of 100\n", Good);
}
