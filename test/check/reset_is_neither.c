// PQreset neither acquires nor releases, and PQfinish(NULL) is allowed.
// RUN: %clean
#include <libpq-fe.h>

void reset(void) {
  PGconn *conn = PQconnectdb("");
  if (PQstatus(conn) != CONNECTION_OK)
    PQreset(conn);
  PQfinish(conn);
}
void null(int x) {
  PGconn *conn = NULL;
  if (x)
    conn = PQconnectdb("");
  PQfinish(conn);
}
