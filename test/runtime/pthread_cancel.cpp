// Cancelling a thread inside PQexec unwinds through the wrapper.
// RUN: %build_cxx -o %t
// RUN: %run %t 2>&1 | FileCheck %s
// UNSUPPORTED: sanitized
// CHECK: destructor ran
// CHECK-NEXT: cancelled 1
// CHECK-NOT: ConnectionSanitizer
#include <cstdio>
#include <libpq-fe.h>
#include <pthread.h>
#include <unistd.h>

static PGconn *Conn;

struct Noisy {
  ~Noisy() { std::fprintf(stderr, "destructor ran\n"); }
};

static void *run(void *) {
  Noisy Guard;
  PQclear(PQexec(Conn, "SELECT pg_sleep(20)"));
  return nullptr;
}

int main() {
  Conn = PQconnectdb("");
  pthread_t Thread;
  pthread_create(&Thread, nullptr, run, nullptr);
  usleep(300000);
  pthread_cancel(Thread);
  void *Result;
  pthread_join(Thread, &Result);
  std::fprintf(stderr, "cancelled %d\n", Result == PTHREAD_CANCELED);
  PQfinish(Conn);
}
