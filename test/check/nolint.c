// NOLINT works as in clang-tidy.
// RUN: %clean
#include <libpq-fe.h>

int quick(int x) {
  PGconn *conn = PQconnectdb("");
  if (x)
    return 1; // NOLINT(connsan-connection-leak)
  PQfinish(conn);
  return 0;
}
