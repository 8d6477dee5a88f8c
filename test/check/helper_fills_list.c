// A helper hands a list on to a function of another file, which fills it.
// RUN: %leaks | FileCheck %s --implicit-check-not=warning:
#include <libpq-fe.h>

struct cell {
  struct cell *next;
  const char *name;
};
struct list {
  struct cell *head, *tail;
};
void append(struct list *to, const char *name);

static void fill(PGconn *conn, struct list *list) {
  PGresult *res = PQexec(conn, "SELECT datname FROM pg_database");
  for (int i = 0; i < PQntuples(res); i++)
    append(list, PQgetvalue(res, i, 0));
  PQclear(res);
}

void each(PGconn *conn) {
  struct list list = {NULL, NULL};
  fill(conn, &list);
  for (struct cell *c = list.head; c; c = c->next) {
    PGresult *res = PQexec(conn, c->name);
    if (PQntuples(res) == 0)
      // CHECK: :[[@LINE+1]]:7: warning: result 'res' is not released before this 'continue'
      continue;
    PQclear(res);
  }
}
