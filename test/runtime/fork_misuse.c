// The child of a fork uses, then finishes the parent's connection: told once each.
// When the parent is gone, as with a daemon, the connection is the child's.
// RUN: %build_c -o %t
// RUN: %run %t 2>&1 | FileCheck %s
// RUN: %run %t daemon 2>&1 | FileCheck %s --check-prefix=DAEMON
#include <libpq-fe.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

static __attribute__((noinline)) void query(PGconn *Conn) {
  PQclear(PQexec(Conn, "SELECT 1"));
}

int main(int argc, char **argv) {
  (void)argv;
  PGconn *Conn = PQconnectdb("");
  fprintf(stderr, "parent %d\n", getpid());
  pid_t Parent = getpid(), Child = fork();
  if (!Child) {
    while (argc > 1 && getppid() == Parent)
      usleep(1000);
    query(Conn);
    query(Conn);
    PQfinish(Conn);
    fprintf(stderr, "child is done\n");
    return 0;
  }
  if (argc > 1)
    _exit(0);
  waitpid(Child, NULL, 0);
  PQfinish(Conn);
  return 0;
}
// CHECK: parent [[PARENT:[0-9]+]]
// CHECK: ERROR: ConnectionSanitizer: connection #1, inherited over fork from process [[PARENT]], is used
// CHECK-NEXT: acquired by thread [[PARENT]] at:
// CHECK-NEXT: #0 PQconnectdb
// CHECK: used by thread {{[0-9]+}} at:
// CHECK-NEXT: #0 PQexec
// CHECK-NEXT: #1 query
// CHECK-NOT: is used
// CHECK: connection #1, inherited over fork from process [[PARENT]], is finished
// CHECK: finished by thread {{[0-9]+}} at:
// CHECK-NEXT: #0 PQfinish
// CHECK: SUMMARY: ConnectionSanitizer: 1 inherited-use, 1 inherited-finish
// DAEMON-NOT: inherited
// DAEMON: child is done
// DAEMON-NOT: inherited
