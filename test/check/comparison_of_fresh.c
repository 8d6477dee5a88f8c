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
