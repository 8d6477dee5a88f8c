#include <libpq-fe.h>
static inline int in_header(int x) {
  PGconn *conn = PQconnectdb("");
  if (x)
    return 1;
  PQfinish(conn);
  return 0;
}
