// Forking while other threads connect and finish: no child hangs on a lock, no record is lost.
// RUN: %build_cxx -o %t
// RUN: env CONNSAN_OPTIONS=open_at_exit=leak:exitcode=9 %run %t 2>&1 | FileCheck %s
// UNSUPPORTED: thread
// CHECK-NOT: ConnectionSanitizer
// CHECK: children 40 of 40
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
        PQfinish(Conn);
      }
    });
  int Good = 0;
  for (int I = 0; I < 40; ++I) {
    pid_t Child = fork();
    if (!Child) {
      alarm(30);
      PGconn *Conn = PQconnectdb("host=/nonexistent");
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
  std::printf("children %d of 40\n", Good);
}
