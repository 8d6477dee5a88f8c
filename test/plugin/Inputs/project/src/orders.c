#include <libpq-fe.h>

int orders(const char *info) {
  PGconn *conn = PQconnectdb(info);
  if (PQstatus(conn) != CONNECTION_OK)
    return -1;
  PGresult *rows = PQexec(conn, "SELECT * FROM orders");
  int count = PQntuples(rows);
  PQclear(rows);
  PQfinish(conn);
  return count;
}
