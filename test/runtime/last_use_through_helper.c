// Functions that run their queries through one helper are told apart: the last use is where it was, not where the helper
// was called first; in another thread as well.
// RUN: %build_c -o %t
// RUN: env CONNSAN_OPTIONS=idle_in_transaction=150ms %run %t 2>&1 | FileCheck %s
// RUN: env CONNSAN_OPTIONS=idle_in_transaction=150ms %run %t thread 2>&1 | FileCheck %s
// CHECK: connection #1 idle in transaction
// CHECK: last used {{.*}} by PQexec at:
// CHECK-NEXT: #0 PQexec
// CHECK-NEXT: #1 run {{.*}}last_use_through_helper.c
// CHECK-NEXT: #2 order {{.*}}last_use_through_helper.c
#include <libpq-fe.h>
#include <pthread.h>
#include <string.h>
#include <unistd.h>

static __attribute__((noinline)) void run(PGconn *Conn, const char *Query) { PQclear(PQexec(Conn, Query)); }

static __attribute__((noinline)) void begin(PGconn *Conn) {
  run(Conn, "BEGIN");
  __asm__ volatile("");
}

static __attribute__((noinline)) void order(PGconn *Conn) {
  char Query[100];
  strcpy(Query, "SELECT 1");
  run(Conn, Query);
  __asm__ volatile("");
}

static void *work(void *Conn) {
  begin(Conn);
  order(Conn);
  usleep(500000);
  return NULL;
}

int main(int argc, char **argv) {
  (void)argv;
  PGconn *Conn = PQconnectdb("");
  pthread_t Thread;
  if (argc == 1)
    work(Conn);
  else if (pthread_create(&Thread, NULL, work, Conn) == 0)
    pthread_join(Thread, NULL);
  PQfinish(Conn);
  return 0;
}
