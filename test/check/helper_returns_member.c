// What a helper returns and what a member holds are the same connection.
// RUN: %leaks | FileCheck %s --implicit-check-not=warning:
// RUN: %connsan check --dump=summaries %s -- %libpq_flags | FileCheck %s --check-prefix=SUMMARY
#include <libpq-fe.h>
#include <stdbool.h>

struct session {
  PGconn *conn;
  const char *uri;
};
static PGconn *shared;

static PGconn *conn_of(struct session *s) { return s->conn; }
// SUMMARY: conn_of: returns argument 1->.conn;
static PGconn *shared_conn(void) { return shared; }
// SUMMARY: shared_conn: returns shared;

static void session_finish(struct session *s) {
  if (s->conn) {
    PQfinish(s->conn);
    s->conn = NULL;
  }
}

static PGconn *session_open(struct session *s) {
  if (s->conn)
    return s->conn;
  s->conn = PQconnectdb(s->uri);
  if (PQstatus(s->conn) != CONNECTION_OK) {
    session_finish(s);
    return NULL;
  }
  return s->conn;
}

bool finished_by_two_names(struct session *s) {
  PGconn *conn = session_open(s);
  if (!conn)
    return false;
  PGresult *res = PQexec(conn, "IDENTIFY_SYSTEM");
  bool good = PQresultStatus(res) == PGRES_TUPLES_OK;
  PQclear(res);
  if (!good) {
    session_finish(s);
    PQfinish(conn);
    // CHECK: :[[@LINE-1]]:5: warning: connection 'conn' is released a second time
  }
  return good;
}

int released_through_the_helper(void) {
  struct session s = {PQconnectdb(""), ""};
  int fd = PQsocket(conn_of(&s));
  PQfinish(conn_of(&s));
  return fd;
}

void released_global(void) {
  PQfinish(shared_conn());
  PQclear(PQexec(shared, "SELECT 1"));
  // CHECK: :[[@LINE-1]]:11: warning: connection 'shared' is given to 'PQexec' after it was released
}

int opened_and_left(const char *uri) {
  struct session s = {0, uri};
  PGconn *conn = session_open(&s);
  // CHECK: :[[@LINE-1]]:18: warning: connection 's.conn' is never released
  return conn ? PQsocket(conn) : -1;
}
