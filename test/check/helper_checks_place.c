// A helper that looks at the pointer and at where it points releases what is there.
// RUN: %leaks | FileCheck %s --implicit-check-not=warning:
#include <libpq-fe.h>

static void close_and_clear(PGconn **conn) {
  if (conn && *conn) {
    PQfinish(*conn);
    *conn = NULL;
  }
}

void right(void) {
  PGconn *conn = PQconnectdb("");
  PQsocket(conn);
  close_and_clear(&conn);
}

void wrong(void) {
  PGconn *conn = PQconnectdb("");
  PQsocket(conn);
  close_and_clear(NULL);
}
// CHECK: :[[@LINE-4]]:18: warning: connection 'conn' is never released
