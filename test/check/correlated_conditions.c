// The same unchanged condition has the same answer; so have flags and return codes that were set with the connection.
// RUN: %clean
#include <libpq-fe.h>
#include <string.h>
int step(PGconn *conn);

void parameter(int wanted) {
  PGconn *conn = NULL;
  if (wanted)
    conn = PQconnectdb("");
  step(conn);
  if (wanted)
    PQfinish(conn);
}

void flag(int wanted) {
  PGconn *conn;
  int open = 0;
  if (wanted) {
    conn = PQconnectdb("");
    open = 1;
  }
  if (open)
    PQfinish(conn);
}

void comparison(int have, int need) {
  PGconn *conn;
  if (have < need)
    conn = PQconnectdb("");
  if (need > have)
    PQfinish(conn);
}

void bits(unsigned flags) {
  PGconn *conn;
  if (flags & 4)
    conn = PQconnectdb("");
  if ((flags & 4) != 0)
    PQfinish(conn);
}

void status(void) {
  PGconn *conn = PQconnectdb("");
  int good = PQstatus(conn) == CONNECTION_OK;
  if (PQstatus(conn) != CONNECTION_OK)
    PQfinish(conn);
  if (good)
    PQfinish(conn);
}

int code(void) {
  PGconn *conn = NULL;
  int rc = -1;
  if ((conn = PQconnectdb("")) && PQstatus(conn) == CONNECTION_OK)
    rc = 0;
  if (rc != 0) {
    PQfinish(conn);
    return rc;
  }
  step(conn);
  PQfinish(conn);
  return 0;
}

void words(const char *mode) {
  PGconn *conn;
  if (strcmp(mode, "online") == 0)
    conn = PQconnectdb("");
  if (!strcmp(mode, "online"))
    PQfinish(conn);
}
