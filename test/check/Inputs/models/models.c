#include <libpq-fe.h>
struct pool;
PGconn *pool_get(struct pool *);
void pool_put(struct pool *, PGconn *);
int open_into(const char *, PGconn **);
void close_if_bad(PGconn *);
int close_on_error(PGconn *);
PGconn *with_timeout(PGconn *);
void stop(int);
void raise(int);
void close_both(PGconn **, PGconn **);

int lease(struct pool *p) {
  PGconn *conn = pool_get(p);
  if (!conn)
    return -1;
  if (PQsocket(conn) < 0)
    return -2;
  // CHECK: :[[@LINE-1]]:5: warning: pool lease 'conn' is not released on this return
  pool_put(p, conn);
  return 0;
}

int opened(int x) {
  PGconn *conn;
  if (!open_into("", &conn))
    return 0;
  if (x)
    return 1;
  // CHECK: :[[@LINE-1]]:5: warning: connection 'conn' is not released on this return
  PQfinish(conn);
  return 0;
}

void by_status(void) {
  PGconn *conn = PQconnectdb("");
  int good = PQstatus(conn) == CONNECTION_OK;
  close_if_bad(conn);
  if (good)
    PQfinish(conn);
}

void by_result(void) {
  PGconn *conn = PQconnectdb("");
  if (close_on_error(conn) >= 0)
    PQfinish(conn);
}

void same(void) {
  PGconn *conn = with_timeout(PQconnectdb(""));
  PQfinish(conn);
}

void stops(int x) {
  PGconn *conn = PQconnectdb("");
  if (x)
    stop(1);
  PQfinish(conn);
}

void raises(int x) {
  PGconn *conn = PQconnectdb("");
  if (x)
    raise(1);
  // CHECK: :[[@LINE-1]]:5: warning: connection 'conn' is not released before control jumps out of 'raises' here
  PQfinish(conn);
}

void two(void) {
  PGconn *a = PQconnectdb("host=a");
  PGconn *b = PQconnectdb("host=b");
  close_both(&a, &b);
}
