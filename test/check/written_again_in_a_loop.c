// What a call in a loop writes is new in each turn: the release of an earlier turn's connection says nothing of it.
// RUN: %clean
#include <libpq-fe.h>
PGconn *renew(const char *conninfo);
void note(const char *what);
int ready(PGconn *conn);

int watch(PGconn **conn, const char *conninfo) {
  int renewed = 0;
  for (;;) {
    if (PQstatus(*conn) != CONNECTION_OK) {
      note("gone away");
      if (renewed)
        return 0;
      PQfinish(*conn);
      *conn = renew(conninfo);
      renewed = 1;
    } else {
      note("alive");
      if (!ready(*conn))
        break;
      if (PQsendQuery(*conn, "SELECT 1"))
        return 1;
    }
  }
  PQfinish(*conn);
  *conn = NULL;
  return 0;
}
