// A call that may change anything is between the test and the release of a member: the helper still releases it.
// RUN: %clean
#include <libpq-fe.h>
void note(const char *what);
struct session { PGconn *conn; int verbose; };

static void session_end(struct session *s) {
  if (s->conn != NULL) {
    if (s->verbose)
      note("closing");
    PQfinish(s->conn);
    s->conn = NULL;
  }
}

int session_query(struct session *s) {
  if (PQstatus(s->conn) != CONNECTION_OK) {
    session_end(s);
    return -1;
  }
  return 0;
}
