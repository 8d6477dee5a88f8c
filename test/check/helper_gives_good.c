// A helper gives a good connection or none: a bad status means that there is nothing to release.
// RUN: %leaks | FileCheck %s --implicit-check-not=warning:
// RUN: %connsan check --dump=summaries %s -- %libpq_flags | FileCheck %s --check-prefix=SUMMARY
#include <libpq-fe.h>

static PGconn *open_good(const char *uri) {
  PGconn *conn = PQconnectdb(uri);
  if (PQstatus(conn) == CONNECTION_OK)
    return conn;
  PQfinish(conn);
  return NULL;
}
// SUMMARY: open_good: {{.*}}returns an owned connection; of which PQstatus says 0;

int right(const char *uri) {
  PGconn *conn = open_good(uri);
  if (PQstatus(conn) != CONNECTION_OK)
    return -1;
  PQfinish(conn);
  return 0;
}

static PGconn *open_any(const char *uri) {
  PGconn *conn = PQconnectdb(uri);
  if (PQstatus(conn) == CONNECTION_OK)
    PQclear(PQexec(conn, "SET search_path TO ''"));
  return conn;
}

int wrong(const char *uri) {
  PGconn *conn = open_any(uri);
  if (PQstatus(conn) != CONNECTION_OK)
    // CHECK: :[[@LINE+1]]:5: warning: connection 'conn' is not released on this return
    return -1;
  PQfinish(conn);
  return 0;
}
