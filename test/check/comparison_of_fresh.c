// What was just acquired is not the connection that was there before.
// RUN: %clean
#include <libpq-fe.h>

static PGconn *privileged(PGconn *conn, int needed) {
  if (!needed)
    return conn;
  return PQconnectdb("user=postgres");
}

int work(PGconn *conn, int needed) {
  PGconn *own = privileged(conn, needed);
  int fd = PQsocket(own);
  if (own != conn)
    PQfinish(own);
  return fd;
}

struct session {
  PGresult *result;
  PGconn *conn;
};
int get_int(struct session *x);

int describe(struct session *x) {
  PGresult *result = x->result;
  if (!result)
    result = PQmakeEmptyPGresult(x->conn, PGRES_COMMAND_OK);
  if (!result)
    return -1;
  if (get_int(x)) {
    if (result != x->result)
      PQclear(result);
    return -1;
  }
  x->result = result;
  return 0;
}
