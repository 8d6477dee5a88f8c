#include <libpq-fe.h>
int old(void) {
  PGconn *conn = PQconnectdb("");
  if (PQstatus(conn) != CONNECTION_OK)
    return 1;
  PQfinish(conn);
  return 0;
}
