// RUN: %leaks | FileCheck %s --implicit-check-not=warning:
#include <libpq-fe.h>
enum mode { READ, WRITE };

void no_default(int how) {
  PGconn *conn = PQconnectdb("");
  switch (how) {
  case 0:
    PQfinish(conn);
    break;
  case 1:
    PQfinish(conn);
    break;
  }
  // CHECK: :[[@LINE+1]]:1: warning: connection 'conn' is not released before the end of 'no_default'
}

int one_case(int how) {
  PGconn *conn = PQconnectdb("");
  switch (how) {
  case 3:
    return -1;
    // CHECK: :[[@LINE-1]]:5: warning: connection 'conn' is not released on this return
    // CHECK: note: taken when 'how' is 3
  default:
    PQfinish(conn);
  }
  return 0;
}

void all_covered(enum mode how) {
  PGconn *conn = PQconnectdb("");
  switch (how) {
  case READ:
    PQsocket(conn); // fall through
  case WRITE:
    PQfinish(conn);
  }
}

void correlated(int how) {
  PGconn *conn = NULL;
  switch (how) {
  case 1:
  case 2:
    conn = PQconnectdb("");
  }
  if (how == 1 || how == 2)
    PQfinish(conn);
}
