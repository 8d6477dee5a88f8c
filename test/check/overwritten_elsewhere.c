// Globals, members and out-parameters: overwriting what this function has used as a connection leaks it.
// RUN: %leaks | FileCheck %s --implicit-check-not=warning:
#include <libpq-fe.h>

static PGconn *shared;
struct session { PGconn *conn; int tries; };

void reconnect_global(void) {
  if (PQstatus(shared) != CONNECTION_OK)
    shared = PQconnectdb("");
  // CHECK: :[[@LINE-1]]:12: warning: connection 'shared' is overwritten here and was not released
  // CHECK: :9:7: note: used as a connection here before
}

void reconnect_member(struct session *s) {
  if (PQsocket(s->conn) < 0)
    s->conn = PQconnectdb("");
  // CHECK: :[[@LINE-1]]:13: warning: connection 's->conn' is overwritten here and was not released
}

void used_for_a_result(struct session *s) {
  PQclear(PQexec(s->conn, "SELECT 1"));
  s->conn = PQconnectdb("");
  // CHECK: :[[@LINE-1]]:11: warning: connection 's->conn' is overwritten here and was not released
  // CHECK: note: used as a connection here before
  // CHECK-NOT: released here
}

int reconnect_out(PGconn **out) {
  *out = PQconnectdb("host=a");
  if (PQstatus(*out) != CONNECTION_OK)
    *out = PQconnectdb("host=b");
  // CHECK: :[[@LINE-1]]:10: warning: connection '*out' is overwritten here and was not released
  return PQstatus(*out) == CONNECTION_OK;
}

void lazy(void) {
  if (shared == NULL)
    shared = PQconnectdb("");
}

void reopen(struct session *s) {
  if (PQstatus(s->conn) != CONNECTION_OK) {
    PQfinish(s->conn);
    s->conn = PQconnectdb("");
  }
}

void first_use(struct session *s) { s->conn = PQconnectdb(""); }
