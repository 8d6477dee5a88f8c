// A helper tells by a flag whether the connection that it gives out is the caller's.
// RUN: %leaks | FileCheck %s --implicit-check-not=warning:
// RUN: %connsan check --dump=summaries %s -- %libpq_flags | FileCheck %s --check-prefix=SUMMARY
#include <libpq-fe.h>
#include <stdbool.h>
PGconn *cached(const char *name);

static void open_or_borrow(const char *name, PGconn **to, bool *own) {
  PGconn *conn = cached(name);
  *own = !conn;
  if (!conn)
    conn = PQconnectdb(name);
  *to = conn;
}

static void open_or_borrow_late(const char *name, PGconn **to, int *own) {
  PGconn *conn = cached(name);
  if (conn) {
    *own = 0;
  } else {
    conn = PQconnectdb(name);
    *own = 2;
  }
  *to = conn;
}
// SUMMARY: open_or_borrow_late: stores null in argument 3->; writes argument 2->;
// SUMMARY-NEXT: open_or_borrow_late: stores 2 in argument 3->; stores an owned connection in argument 2->;

int right(const char *name) {
  PGconn *conn = NULL;
  bool own = false;
  open_or_borrow(name, &conn, &own);
  PQclear(PQexec(conn, "SELECT 1"));
  if (own)
    PQfinish(conn);
  return 0;
}

int right_too(const char *name) {
  PGconn *conn = NULL;
  int own;
  open_or_borrow_late(name, &conn, &own);
  PQclear(PQexec(conn, "SELECT 1"));
  if (own == 2)
    PQfinish(conn);
  return 0;
}

int the_wrong_way_round(const char *name) {
  PGconn *conn = NULL;
  int own;
  open_or_borrow_late(name, &conn, &own);
  // CHECK: :[[@LINE-1]]:3: warning: connection 'conn' is never released
  if (!own)
    PQfinish(conn);
  return 0;
}
