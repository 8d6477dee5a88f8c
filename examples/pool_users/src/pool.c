#include "pool.h"

PGconn *pool_take(const char *where) {
  PGconn *conn = PQconnectdb(where);
  if (PQstatus(conn) == CONNECTION_OK)
    return conn;
  PQfinish(conn);
  return NULL;
}

void pool_give(PGconn *conn) {
  PQfinish(conn);
}
