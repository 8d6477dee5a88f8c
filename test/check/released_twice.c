// Released again after it was released.
// RUN: %leaks | FileCheck %s --implicit-check-not=warning:
#include <libpq-fe.h>
static void close_and_clear(PGconn **conn) { PQfinish(*conn); *conn = NULL; }

void straight(void) {
  PGconn *conn = PQconnectdb("");
  PQfinish(conn);
  PQfinish(conn);
  // CHECK: :[[@LINE-1]]:3: warning: connection 'conn' is released a second time [connsan-use-after-release]
  // CHECK: :8:3: note: released here
}

int forgotten_return(PGconn *conn) {
  if (PQsocket(conn) < 0) {
    PQfinish(conn);
  }
  PQfinish(conn);
  // CHECK: :[[@LINE-1]]:3: warning: connection 'conn' is released a second time
  // CHECK: note: taken when 'PQsocket(conn) < 0' is true
  return 0;
}

void of_an_alias(void) {
  PGconn *conn = PQconnectdb("");
  PGconn *other = conn;
  PQfinish(other);
  PQfinish(conn);
  // CHECK: :[[@LINE-1]]:3: warning: connection '{{conn|other}}' is released a second time
}

void cleared(void) {
  PGconn *conn = PQconnectdb("");
  close_and_clear(&conn);
  PQfinish(conn);
}

void each(PGconn **all, int n) {
  for (int i = 0; i < n; i++)
    PQfinish(all[i]);
}

// What is NULL is not released at all.
void null_twice(const char *info) {
  PGconn *c = PQconnectdb(info);
  PGconn *d = c;
  if (!c) {
    PQfinish(c);
    PQfinish(d);
    return;
  }
  PQfinish(d);
}
