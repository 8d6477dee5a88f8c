// Ownership that goes elsewhere is no leak.
// RUN: %clean
#include <libpq-fe.h>

static PGconn *shared;
struct list;
void list_append(struct list *, PGconn *);
void on_exit_call(void (*)(void *), void *);
PGconn *pool_swap(PGconn *);
static void closer(void *conn) { PQfinish(conn); }

PGconn *returned(void) {
  PGconn *conn = PQconnectdb("");
  PQsetClientEncoding(conn, "UTF8");
  return conn;
}
void stored(void) { shared = PQconnectdb(""); }
void appended(struct list *l) { list_append(l, PQconnectdb("")); }
void for_callback(void) { PGconn *conn = PQconnectdb(""); on_exit_call(closer, conn); }
void by_pointer(void (*f)(PGconn *)) { PGconn *conn = PQconnectdb(""); f(conn); }
int into(PGconn **out) {
  PGconn *conn = PQconnectdb("");
  if (PQstatus(conn) != CONNECTION_OK) {
    PQfinish(conn);
    *out = NULL;
    return -1;
  }
  *out = conn;
  return 0;
}
PGconn *static_local(void) {
  static PGconn *conn;
  if (!conn)
    conn = PQconnectdb("");
  return conn;
}
