#include "pool.h"

// Leaves the old one to its caller.
PGconn *reconnect(PGconn *conn) {
  return PQserverVersion(conn) < 150000 ? NULL : pool_take("");
}
