#include "pool.h"

// Ends the old one.
PGconn *reconnect(PGconn *conn) {
  pool_give(conn);
  return pool_take("");
}
