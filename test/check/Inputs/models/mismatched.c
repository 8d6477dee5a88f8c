#include <libpq-fe.h>
#include <stdlib.h>
struct pool;
PGconn *pool_get(struct pool *);
void pool_put(struct pool *, PGconn *);

void finished(struct pool *p) {
  PGconn *conn = pool_get(p);
  PQfinish(conn);
  // CHECK: :[[@LINE-1]]:3: warning: pool lease 'conn' came from 'pool_get' and is not to be released by 'PQfinish' [connsan-mismatched-release]
  // CHECK: :8:18: note: acquired here by 'pool_get'
}

void freed(void) {
  PGconn *conn = PQconnectdb("");
  free(conn);
  // CHECK: :[[@LINE-1]]:3: warning: connection 'conn' came from 'PQconnectdb' and is not to be released by 'free'
}

void result_freed(PGconn *conn) {
  PGresult *res = PQexec(conn, "SELECT 1");
  PQfreemem(res);
  // CHECK: :[[@LINE-1]]:3: warning: result 'res' came from 'PQexec' and is not to be released by 'PQfreemem'
}

void put_into_pool(struct pool *p) { pool_put(p, PQconnectdb("")); }

void escaped(PGconn *conn, const char *name) { free(PQescapeIdentifier(conn, name, 3)); }
