// A connection has several names; any of them releases it.
// RUN: %clean
#include <libpq-fe.h>

void through_copy(void) {
  PGconn *conn = PQconnectdb("");
  PGconn *other = conn;
  conn = NULL;
  PQfinish(other);
  PQfinish(conn);
}

void through_choice(int primary) {
  PGconn *a = PQconnectdb("host=a");
  PGconn *b = PQconnectdb("host=b");
  PGconn *chosen = primary ? a : b;
  PQsocket(chosen);
  PQfinish(primary ? b : a);
  PQfinish(chosen);
}

void through_address(void) {
  PGconn *conn = PQconnectdb("");
  PGconn **where = &conn;
  PQfinish(*where);
}

void in_condition(void) {
  PGconn *conn;
  if ((conn = PQconnectdb("")) == NULL)
    return;
  PQfinish(conn);
}
