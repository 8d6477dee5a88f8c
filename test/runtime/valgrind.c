// Under valgrind: memcheck, helgrind and drd have nothing to say of us, and our reports are as ever.
// REQUIRES: valgrind
// RUN: %build_c -o %t
// RUN: env CONNSAN_OPTIONS=held=500ms LD_PRELOAD=%runtime_lib timeout 300 valgrind -q --error-exitcode=99 --leak-check=full --show-leak-kinds=definite --errors-for-leak-kinds=definite %t 2>&1 | FileCheck %s
// UNSUPPORTED: sanitized
// valgrind and the sanitizers exclude each other.
// CHECK-NOT: definitely lost
// CHECK-NOT: ==    at
// CHECK-DAG: connection #1 held
// CHECK-DAG: #1 main {{.*}}valgrind.c:
// CHECK-DAG: children 1
// CHECK: connection #1 released after
// CHECK: SUMMARY: ConnectionSanitizer: 1 held{{$}}
// CHECK-NOT: {{.}}
#include <libpq-fe.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

static void *work(void *Arg) {
  for (int I = 0; I < 20; ++I) {
    PGconn *Conn = PQconnectdb("host=/nonexistent");
    PQclear(PQexec(Conn, "SELECT 1"));
    PQfinish(Conn);
  }
  return Arg;
}

int main(void) {
  PGconn *Conn = PQconnectdb("");
  PQclear(PQexec(Conn, "SELECT 1"));
  pthread_t Threads[3];
  for (int I = 0; I < 3; ++I)
    pthread_create(&Threads[I], NULL, work, NULL);
  for (int I = 0; I < 3; ++I)
    pthread_join(Threads[I], NULL);
  usleep(1500000);
  pid_t Child = fork();
  if (!Child) {
    PQfinish(PQconnectdb("nonsense"));
    exit(0);
  }
  int Status;
  waitpid(Child, &Status, 0);
  fprintf(stderr, "children %d\n", Status == 0);
  PQfinish(Conn);
  return 0;
}
