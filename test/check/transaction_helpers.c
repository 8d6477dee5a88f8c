// Helpers that begin, end and run hand what they do to their callers; a finding is told to whom it belongs.
// RUN: %leaks | FileCheck %s --implicit-check-not=warning:
#include <libpq-fe.h>
#include <stdbool.h>
int work(PGconn *);
static bool execute(PGconn *c, const char *sql) {
  PGresult *r = PQexec(c, sql);
  bool good = PQresultStatus(r) == PGRES_COMMAND_OK;
  PQclear(r);
  return good;
}
static bool begin(PGconn *c) { return execute(c, "BEGIN"); }
static void rollback(PGconn *c) { execute(c, "ROLLBACK"); }
static const char *end_text(int good) { return good ? "COMMIT" : "ROLLBACK"; }

int careful(PGconn *c) {
  if (!begin(c))
    return -1;
  if (work(c)) {
    rollback(c);
    return -1;
  }
  execute(c, "COMMIT");
  return 0;
}
int careless(PGconn *c) {
  if (!begin(c))
    return -1;
  if (work(c))
    return -2;
  // CHECK: :[[@LINE-1]]:5: warning: the transaction on 'c' is neither committed nor rolled back on this return
  // CHECK: :[[@LINE-5]]:8: note: begun here by 'begin'
  // CHECK: note: 'begin' begins it by 'execute' here
  // CHECK: note: ended here on another path
  execute(c, end_text(1));
  return 0;
}

// It takes back what it began when that goes wrong: its callers have to end it when it does not.
static bool begin_with_snapshot(PGconn *c) {
  if (!begin(c))
    return false;
  if (!execute(c, "SET TRANSACTION SNAPSHOT 'x'")) {
    rollback(c);
    return false;
  }
  return true;
}
int with_snapshot(PGconn *c) {
  if (!begin_with_snapshot(c))
    return -1;
  if (work(c))
    return -2;
  // CHECK: :[[@LINE-1]]:5: warning: the transaction on 'c' is neither
  execute(c, "COMMIT");
  return 0;
}

// Its only caller rolls back.
static int step(PGconn *c) {
  begin(c);
  if (work(c))
    return -1;
  execute(c, "COMMIT");
  return 0;
}
void steps(PGconn *c) {
  if (step(c) < 0)
    rollback(c);
}

// One of its callers does not: that is its own finding, not theirs.
static int step_of_two(PGconn *c) {
  begin(c);
  if (work(c))
    return -1;
  // CHECK: :[[@LINE-1]]:5: warning: the transaction on 'c' is neither
  execute(c, "COMMIT");
  return 0;
}
void one(PGconn *c) {
  if (step_of_two(c) < 0)
    rollback(c);
}
int two(PGconn *c) {
  if (step_of_two(c) < 0)
    return -1;
  execute(c, "COMMIT");
  return 0;
}

// An object's connection, which calls of other functions do not change.
struct session {
  PGconn *conn;
};
void note(struct session *, const char *);
int of_object(struct session *s) {
  execute(s->conn, "BEGIN");
  note(s, "begun");
  if (work(s->conn))
    return -1;
  // CHECK: :[[@LINE-1]]:5: warning: the transaction on 's->conn' is neither
  note(s, "worked");
  execute(s->conn, "COMMIT");
  return 0;
}

// A helper that is not seen, by its name.
void session_rollback(struct session *);
int not_seen(struct session *s) {
  execute(s->conn, "BEGIN");
  if (work(s->conn)) {
    session_rollback(s);
    return -1;
  }
  execute(s->conn, "COMMIT");
  return 0;
}
