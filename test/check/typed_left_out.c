// What clang leaves out of the tree because it does not understand it may be the release.
// RUN: %expect_status 2 %connsan check --confidence=medium %s -- %libpq_flags 2>/dev/null | FileCheck %s --implicit-check-not=warning:
#include <libpq-fe.h>

void semicolon_missing(void) {
  PGconn *conn = PQconnectdb("")
  PQfinish(conn);
}
void argument_unfinished(void) {
  PGconn *conn = PQconnectdb("");
  PQfinish(conn;
}
int parenthesis_missing(int x) {
  PGconn *conn = PQconnectdb("");
  if (x PQfinish(conn);
  return 0;
}
int nothing_after_condition(int x) {
  PGconn *conn = PQconnectdb("");
  if (x) {
    if (PQfinish(conn)
  }
  return 0;
}
int next_one(PGconn *conn);
void call_begun_before(int x) {
  PGconn *conn = PQconnectdb("");
  next_one int y = (conn);
  PQfinish(conn);
  if (x)
    next_one return
  ;
}
int case_unfinished(int x) {
  PGconn *conn = PQconnectdb("");
  switch (x) {
  case 1:
    PQfinish(conn);
    break;
  case
  }
  return 0;
}
int label_to_come(int x) {
  PGconn *conn = PQconnectdb("");
  if (x)
    goto out;
  return 0;
}

// What has a place in the tree that is not its own does not count as left out.
#define NOTHING(X)
#define LEAVE_IF(X) do { if (X) return 1; } while (0)
int odd(int x) {
  PGconn *conn = PQconnectdb("");
  int unused __attribute__((unused)) = 1;
  NOTHING(x);
again:
#ifdef UNDEFINED
  PQfinish(conn);
#else
  if (x == 2) goto again;
#endif
  do { x--; } while (x > 10);
  switch (x) { case 1 ... 3: x = 1; break; default: ; }
  LEAVE_IF(x);
  // CHECK: :[[@LINE-1]]:3: warning: connection 'conn' is not released on this return
  if (x == 7) { PQfinish(conn); return 0; } else { x = ({ int y = x; y; }); }
  PQfinish(conn);
  return 0;
}
