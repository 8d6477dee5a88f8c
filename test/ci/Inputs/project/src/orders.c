#include <libpq-fe.h>
int orders(int kind) {
  PGconn *conn = PQconnectdb("");
  if (PQstatus(conn) != CONNECTION_OK) {
    PQfinish(conn);
    return 1;
  }
  kind += PQserverVersion(conn);
  PQfinish(conn);
  return kind;
}
