// break, continue and the end of a turn are exits of the scope in the loop, however many turns it takes.
// RUN: %leaks | FileCheck %s --implicit-check-not=warning:
#include <libpq-fe.h>

void skips(int n) {
  for (int i = 0; i < n; i++) {
    PGconn *conn = PQconnectdb("");
    if (i == 40)
      continue;
    // CHECK: :[[@LINE-1]]:7: warning: connection 'conn' is not released before this 'continue'
    PQfinish(conn);
  }
}

void stops(int n) {
  while (n-- > 0) {
    PGconn *conn = PQconnectdb("");
    if (PQsocket(conn) < 0)
      break;
    // CHECK: :[[@LINE-1]]:7: warning: connection 'conn' is not released before this 'break'
    PQfinish(conn);
  }
}

void forgets(int n) {
  for (int i = 0; i < n; i++) {
    PGconn *conn = PQconnectdb("");
    if (PQstatus(conn) == CONNECTION_OK)
      PQfinish(conn);
    // CHECK: :[[@LINE+1]]:3: warning: connection 'conn' is not released before its scope ends here
  }
}

void after(int n) {
  PGconn *conn = PQconnectdb("");
  for (int i = 0; i < n; i++)
    if (PQsocket(conn) < 0)
      break;
  PQfinish(conn);
}

void serves(void) {
  PGconn *conn = PQconnectdb("");
  for (;;)
    PQconsumeInput(conn);
}
