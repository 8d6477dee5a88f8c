// A thread ends while it holds a connection: that is no leak by itself, and the report says that the thread has exited. The
// connection may be used and finished by another.
// RUN: %build_c -o %t
// RUN: env CONNSAN_OPTIONS=held=200ms %run %t 2>&1 | FileCheck %s
// CHECK: connection #1 held
// CHECK: acquired by thread {{[0-9]+}}, which has exited, at:
// CHECK-NEXT: #0 PQconnectdb
// CHECK-NEXT: #1 work {{.*}}thread_exits_holding.c:
// CHECK: connection #1 released after
// CHECK: connection #2 open at exit
// CHECK: acquired by thread {{[0-9]+}}, which has exited, at:
// CHECK: SUMMARY: ConnectionSanitizer: 1 held, 1 open at exit
#include <libpq-fe.h>
#include <pthread.h>
#include <unistd.h>

static PGconn *Conn;

static void *work(void *Arg) {
  Conn = PQconnectdb("");
  return Arg;
}
static void *another(void *Arg) {
  PQconnectdb("");
  return Arg;
}

static void run(void *(*Run)(void *)) {
  pthread_t Thread;
  pthread_create(&Thread, NULL, Run, NULL);
  pthread_join(Thread, NULL);
}

int main(void) {
  run(work);
  usleep(600000);
  PGresult *Result = PQexec(Conn, "SELECT 1");
  int Rows = PQntuples(Result);
  PQclear(Result);
  PQfinish(Conn);
  run(another);
  return Rows != 1;
}
