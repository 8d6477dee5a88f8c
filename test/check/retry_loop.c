// A retry overwrites the failed attempt.
// RUN: %leaks | FileCheck %s --implicit-check-not=warning:
#include <libpq-fe.h>

PGconn *retry(int attempts) {
  PGconn *conn;
  do {
    conn = PQconnectdb("");
    // CHECK: :[[@LINE-1]]:10: warning: connection 'conn' is overwritten here and was not released
  } while (PQstatus(conn) != CONNECTION_OK && --attempts > 0);
  return conn;
}

PGconn *retry_finishing(int attempts) {
  PGconn *conn = NULL;
  while (attempts-- > 0) {
    conn = PQconnectdb("");
    if (PQstatus(conn) == CONNECTION_OK)
      break;
    PQfinish(conn);
    conn = NULL;
  }
  return conn;
}
