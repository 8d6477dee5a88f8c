// What a helper is given by default, in each call of its own.
// RUN: %clean
#include <libpq-fe.h>

static PGresult *execute(PGconn *Conn, const char *Sql, bool Clear = true) {
  PGresult *Result = PQexec(Conn, Sql);
  if (!Clear)
    return Result;
  PQclear(Result);
  return nullptr;
}

void save(PGconn *Conn, bool IsNew) {
  if (IsNew)
    execute(Conn, "INSERT");
  else
    execute(Conn, "UPDATE");
  PQclear(execute(Conn, "SELECT 1", false));
}
