// A result that is not stored can never be released.
// RUN: %leaks | FileCheck %s --implicit-check-not=warning:
#include <libpq-fe.h>

void warm_up(void) {
  PQconnectdb("");
  // CHECK: :[[@LINE-1]]:3: warning: the connection from 'PQconnectdb' is not stored, so nothing can release it
}

int reachable(void) {
  return PQstatus(PQconnectdb("")) == CONNECTION_OK;
  // CHECK: :[[@LINE-1]]:19: warning: the connection from 'PQconnectdb' is not stored, so nothing can release it
}

// What a condition found out of it goes with it.
void testedAndDiscarded(PGconn *Conn) {
  if (!PQexec(Conn, ""))
    // CHECK: [[@LINE-1]]:8: warning: the result from 'PQexec' is not stored, so nothing can release it
    PQsetClientEncoding(Conn, "UTF8");
  PQsetClientEncoding(Conn, "LATIN1");
}
