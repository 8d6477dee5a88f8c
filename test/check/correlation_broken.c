// A condition that changed in between proves nothing.
// RUN: %leaks | FileCheck %s --implicit-check-not=warning:
#include <libpq-fe.h>
int again(void);

void flag(int wanted) {
  PGconn *conn;
  int open = 0;
  if (wanted) {
    conn = PQconnectdb("");
    open = 1;
  }
  if (again())
    open = 0;
  if (open)
    PQfinish(conn);
  // CHECK: :[[@LINE+1]]:1: warning: connection 'conn' is not released before the end of 'flag'
}

void parameter(int wanted) {
  PGconn *conn;
  if (wanted)
    conn = PQconnectdb("");
  wanted = again();
  if (wanted)
    PQfinish(conn);
  // CHECK: :[[@LINE+1]]:1: warning: connection 'conn' is not released before the end of 'parameter'
}
