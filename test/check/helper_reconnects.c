// A helper that closes and clears a member, or opens it again, leaves nothing of the old connection behind.
// RUN: %clean
#include <libpq-fe.h>
PGconn *shared;
void log_it(const char *text);

static void close_shared(void) {
  if (shared) {
    PQfinish(shared);
    shared = NULL;
  }
  log_it("closed");
}
int use_after_close(void) {
  if (PQstatus(shared) != CONNECTION_OK) {
    close_shared();
    if (PQstatus(shared) == CONNECTION_OK)
      return 1;
  }
  return 0;
}

struct session {
  PGconn *db;
};

static int open_session(struct session *x) {
  x->db = PQconnectdb("");
  return 0;
}

static int ensure(struct session *x) {
  if (!x->db)
    open_session(x);
  return PQstatus(x->db) == CONNECTION_OK ? 0 : -1;
}

int opens_only_where_there_is_none(struct session *x) {
  PGresult *res = PQexec(x->db, "SELECT 1");
  int done = PQresultStatus(res) != PGRES_TUPLES_OK && ensure(x) == 0;
  PQclear(res);
  return done;
}

// Where foreign code may have closed the connection before, opening it again loses nothing.
void notify(struct session *x);

static int run_one(struct session *x, const char *sql) {
  PQclear(PQexec(x->db, sql));
  notify(x);
  return ensure(x);
}

int runs_two(struct session *x) {
  PQclear(PQexec(x->db, "SELECT 1"));
  return run_one(x, "SELECT 2");
}
