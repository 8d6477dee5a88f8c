// What the parent holds is not the child's: it is neither reported nor counted there. What the child acquires is.
// RUN: %build_c -o %t
// RUN: env CONNSAN_OPTIONS=held=250ms %run %t 2> %t.err
// RUN: FileCheck %s < %t.err
// RUN: FileCheck %s --check-prefix=CHILD < %t.err
// RUN: FileCheck %s --check-prefix=ONCE < %t.err
#include <libpq-fe.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

static PGconn *Conn;

int main(void) {
  Conn = PQconnectdb("application_name=parents"); // line 16
  fprintf(stderr, "parent %d\n", getpid());
  pid_t Silent = fork();
  if (!Silent)
    return 0;
  waitpid(Silent, NULL, 0);
  pid_t Child = fork();
  if (!Child) {
    fprintf(stderr, "child %d\n", getpid());
    PGconn *Own = PQconnectdb("application_name=childs");
    usleep(700000);
    return PQstatus(Own);
  }
  int Status;
  waitpid(Child, &Status, 0);
  PGresult *Result = PQexec(Conn, "SELECT 1");
  if (PQresultStatus(Result) != PGRES_TUPLES_OK || Status)
    fprintf(stderr, "the parent's connection is broken\n");
  PQclear(Result);
  PQfinish(Conn);
  return 0;
}
// CHECK: parent [[PARENT:[0-9]+]]
// CHECK-NOT: broken
// CHECK: ==[[PARENT]]==WARNING: ConnectionSanitizer: connection #1 held
// CHECK-NEXT: application_name=parents
// CHECK: ==[[PARENT]]==ConnectionSanitizer: connection #1 released after
// CHILD: child [[CHILD:[0-9]+]]
// CHILD: ==[[CHILD]]==WARNING: ConnectionSanitizer: connection #2 held
// CHILD-NEXT: application_name=childs
// CHILD: ==[[CHILD]]==ERROR: ConnectionSanitizer: connection #2 leaked
// ONCE-COUNT-1: WARNING: ConnectionSanitizer: connection #1 held
// ONCE-NOT: WARNING: ConnectionSanitizer: connection #1 held
