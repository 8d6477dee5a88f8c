#include <connsan/annotations.h>
#include <libpq-fe.h>

CONNSAN_BORROW(1) void PQfinish(PGconn *conn);
CONNSAN_TRANSFER(1) void put_away(PGconn *conn);

void built_in(void) {
  PGconn *conn = PQconnectdb("");
  PQfinish(conn);
}

void annotated(void) {
  PGconn *conn = PQconnectdb("");
  put_away(conn);
}
