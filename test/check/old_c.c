// What C compilers used to warn of is read as they read it.
// RUN: %leaks | FileCheck %s --implicit-check-not=warning:
#include <libpq-fe.h>

implicit_int() { return undeclared(1); }

int run(void) {
  char *pointer = 5;
  int *other = pointer;
  void (*function)(char) = run;
  PGconn *conn = PQconnectdb(pointer);
  if (*other)
    // CHECK: :[[@LINE+1]]:5: warning: connection 'conn' is not released on this return
    return 1;
  function(*pointer);
  PQfinish(conn);
  return 0;
}
