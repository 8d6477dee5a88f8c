#include "pool.h"

int main(void) {
  PGconn *conn = pool_take("");
  if (!conn)
    return 1;
  conn = reconnect(conn);
  if (conn)
    pool_give(conn);
  return 0;
}
