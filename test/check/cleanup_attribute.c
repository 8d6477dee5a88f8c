// RUN: %clean
#include <libpq-fe.h>
static void finish(PGconn **conn) { if (*conn) PQfinish(*conn); }
#define auto_finish __attribute__((cleanup(finish)))

int work(int x) {
  auto_finish PGconn *conn = PQconnectdb("");
  if (x)
    return PQsocket(conn);
  return 0;
}
