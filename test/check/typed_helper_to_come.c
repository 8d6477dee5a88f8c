// A static function without a body is still to be written.
// RUN: %clean
#include <libpq-fe.h>

static void fail(const char *text);

int caller(int x) {
  PGconn *conn = PQconnectdb("");
  if (x) {
    fail("x");
    return 1;
  }
  PQfinish(conn);
  return 0;
}
