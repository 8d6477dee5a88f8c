// Functions of the same file are seen through, with the outcomes that their callers can tell apart.
// RUN: %leaks | FileCheck %s --implicit-check-not=warning:
#include <libpq-fe.h>

static PGconn *open_or_null(void) {
  PGconn *conn = PQconnectdb("");
  if (PQstatus(conn) != CONNECTION_OK) {
    PQfinish(conn);
    return NULL;
  }
  return conn;
}
static void close_it(PGconn *conn) {
  if (conn)
    PQfinish(conn);
}
static void close_and_clear(PGconn **conn) {
  if (*conn)
    PQfinish(*conn);
  *conn = NULL;
}
static int peek(PGconn *conn) { return PQsocket(conn); }
static int finished_if(PGconn *conn, int wanted) {
  if (!wanted)
    return 0;
  PQfinish(conn);
  return 1;
}
static int open_into(PGconn **out) {
  *out = PQconnectdb("");
  if (PQstatus(*out) == CONNECTION_OK)
    return 1;
  PQfinish(*out);
  *out = NULL;
  return 0;
}
static PGconn *same(PGconn *conn) { PQsetnonblocking(conn, 1); return conn; }

void good(int x) {
  PGconn *a = open_or_null();
  if (!a)
    return;
  PGconn *b = same(a);
  close_it(b);

  PGconn *c = PQconnectdb("");
  close_and_clear(&c);

  PGconn *d = PQconnectdb("");
  if (!finished_if(d, x))
    PQfinish(d);

  PGconn *e;
  if (!open_into(&e))
    return;
  PQfinish(e);
}

int borrowed(void) {
  PGconn *conn = PQconnectdb("");
  // CHECK: :[[@LINE-1]]:18: warning: connection 'conn' is never released
  return peek(conn);
}

int dropped(int x) {
  PGconn *conn = open_or_null();
  if (!conn)
    return 0;
  if (x)
    return 1;
  // CHECK: :[[@LINE-1]]:5: warning: connection 'conn' is not released on this return
  // CHECK: note: acquired here by 'open_or_null'
  PQfinish(conn);
  return 0;
}

int wrong_outcome(int x) {
  PGconn *conn = PQconnectdb("");
  if (!finished_if(conn, x))
    return -1;
  // CHECK: :[[@LINE-1]]:5: warning: connection 'conn' is not released on this return
  // CHECK: note: taken when '!finished_if(conn, x)' is true
  return 0;
}

int out_dropped(int x) {
  PGconn *conn;
  if (!open_into(&conn))
    return 0;
  if (x)
    return 1;
  // CHECK: :[[@LINE-1]]:5: warning: connection 'conn' is not released on this return
  PQfinish(conn);
  return 0;
}
