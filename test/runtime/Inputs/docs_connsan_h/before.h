#include <assert.h>
#include <libpq-fe.h>
struct pool {
  const char *conninfo, *name;
  PGconn *kept;
};
static PGconn *take(struct pool *p) { return p->kept; }
static void give_back(struct pool *p, PGconn *conn) { p->kept = conn; }
