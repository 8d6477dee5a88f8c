// A helper returns a new object that holds a connection: its caller owes what is in it.
// RUN: %leaks | FileCheck %s --implicit-check-not=warning:
// RUN: %connsan check --dump=summaries %s -- %libpq_flags | FileCheck %s --check-prefix=SUMMARY
#include <libpq-fe.h>
#include <stdlib.h>

struct session {
  PGconn *conn;
  int uses;
};
void keep(struct session *s);

static struct session *session_new(const char *uri) {
  struct session *s = malloc(sizeof *s);
  if (!s)
    return NULL;
  s->uses = 0;
  s->conn = PQconnectdb(uri);
  if (PQstatus(s->conn) != CONNECTION_OK) {
    PQfinish(s->conn);
    free(s);
    return NULL;
  }
  return s;
}
// SUMMARY: session_new: returns 0:
// SUMMARY: session_new: {{.*}}returns an owned memory; {{.*}}stores an owned connection in the result->.conn;

static void session_free(struct session *s) {
  PQfinish(s->conn);
  free(s);
}

static void session_forget(struct session *s) { free(s); }

int right(void) {
  struct session *s = session_new("");
  if (!s)
    return -1;
  int fd = PQsocket(s->conn);
  session_free(s);
  return fd;
}

int on_an_early_return(int x) {
  struct session *s = session_new("");
  if (!s)
    return -1;
  if (x)
    // CHECK: :[[@LINE+1]]:5: warning: connection 's->conn' is not released on this return
    return -2;
  session_free(s);
  return 0;
}

int only_the_object_is_freed(void) {
  struct session *s = session_new("");
  if (!s)
    return -1;
  int fd = PQsocket(s->conn);
  session_forget(s);
  // CHECK: :[[@LINE-1]]:3: warning: connection 's->conn' is not released before the object that holds it is freed
  return fd;
}

void handed_on(void) {
  struct session *s = session_new("");
  keep(s);
}

struct session *passed_on(void) { return session_new("host=other"); }

int stored_and_freed(struct session *s) {
  s->conn = PQconnectdb("");
  if (PQstatus(s->conn) != CONNECTION_OK) {
    free(s);
    // CHECK: :[[@LINE-1]]:5: warning: connection 's->conn' is not released before the object that holds it is freed
    return -1;
  }
  return 0;
}
