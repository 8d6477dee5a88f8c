// A function that is not given an out-parameter cannot change what is behind it.
// RUN: %leaks | FileCheck %s --implicit-check-not=warning:
#include <libpq-fe.h>
#include <stdlib.h>
int is_privileged(PGconn *conn);
void replace(PGconn **conn);

static void open_privileged(PGconn *conn, PGconn **to) {
  *to = PQconnectdb("user=postgres");
  if (!is_privileged(conn)) {
    PQfinish(*to);
    exit(2);
  }
}

int create(PGconn *conn, int dry_run) {
  PGconn *privileged = NULL;
  open_privileged(conn, &privileged);
  if (dry_run)
    // CHECK: :[[@LINE+1]]:5: warning: connection 'privileged' is not released on this return
    return 1;
  PQfinish(privileged);
  return 0;
}

// But one that is given it can.
static void open_and_replace(PGconn **to) {
  *to = PQconnectdb("");
  replace(to);
}

int replaced(void) {
  PGconn *conn = NULL;
  open_and_replace(&conn);
  return conn != NULL;
}

// One connection in two places is released once.
static int open_for_both(PGconn **first, PGconn **second) {
  *first = PQconnectdb("");
  *second = *first;
  return PQstatus(*first) == CONNECTION_OK;
}

int one_release_is_enough(void) {
  PGconn *first = NULL;
  PGconn *second = NULL;
  int good = open_for_both(&first, &second);
  PQfinish(second);
  return good;
}

int two_are_too_many(void) {
  PGconn *first = NULL;
  PGconn *second = NULL;
  int good = open_for_both(&first, &second);
  PQfinish(first);
  PQfinish(second);
  // CHECK: :[[@LINE-1]]:3: warning: connection 'first' is released a second time
  return good;
}
