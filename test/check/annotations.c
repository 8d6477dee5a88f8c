// Annotations say what a function does with resources, in C.
// RUN: %leaks -I%S/../../include | FileCheck %s --implicit-check-not=warning:
#include <connsan/annotations.h>
#include <libpq-fe.h>

struct pool;
CONNSAN_ACQUIRE_OR_NULL("pool-lease") PGconn *take(struct pool *pool);
CONNSAN_BORROW(1) CONNSAN_RELEASE(2) CONNSAN_RESOURCE("pool-lease") void give(struct pool *pool, PGconn *conn);

int lease(struct pool *pool, int x) {
  PGconn *conn = take(pool);
  if (!conn)
    return 1;
  if (x)
    return 2;
  // CHECK: :[[@LINE-1]]:5: warning: pool lease 'conn' is not released on this return
  give(pool, conn);
  return 0;
}

CONNSAN_ACQUIRE_OUT_IF(2, zero) int open_into(const char *where, PGconn **conn);

int opened(int x) {
  PGconn *conn;
  if (open_into("", &conn) != 0)
    return 1;
  if (x)
    return 2;
  // CHECK: :[[@LINE-1]]:5: warning: connection 'conn' is not released on this return
  PQfinish(conn);
  return 0;
}

CONNSAN_ACQUIRE_OUT(1) void open_always(PGconn **conn);

void always(int x) {
  PGconn *conn;
  open_always(&conn);
  if (x)
    return;
  // CHECK: :[[@LINE-1]]:5: warning: connection 'conn' is not released on this return
  PQfinish(conn);
}

CONNSAN_RELEASE_IF(1, nonzero) int closed(PGconn *conn);
CONNSAN_RELEASE_IF(1, bad) void close_bad(PGconn *conn);
CONNSAN_TRANSFER_IF(1, positive) int keep(PGconn *conn);

void conditions(void) {
  PGconn *a = PQconnectdb("");
  if (!closed(a))
    PQfinish(a);
  PGconn *b = PQconnectdb("");
  int good = PQstatus(b) == CONNECTION_OK;
  close_bad(b);
  if (good)
    PQfinish(b);
  PGconn *c = PQconnectdb("");
  if (keep(c) < 1)
    PQfinish(c);
}

CONNSAN_TRANSFER(1) void hand_over(PGconn *conn);
CONNSAN_RETURNS_ARGUMENT(2) PGconn *prepared(int how, PGconn *conn);
CONNSAN_RETURNS_BORROWED PGconn *shared(void);

void owners(int x) {
  hand_over(PQconnectdb(""));
  PGconn *conn = prepared(1, PQconnectdb(""));
  PQexec(shared(), "");
  // CHECK: :[[@LINE-1]]:3: warning: the result from 'PQexec' is not stored
  if (x)
    return;
  // CHECK: :[[@LINE-1]]:5: warning: connection 'conn' is not released on this return
  PQfinish(conn);
}

CONNSAN_NORETURN_EXITS void die(const char *why);
CONNSAN_NORETURN_UNWINDS void raise_error(const char *why);
CONNSAN_NORETURN_UNWINDS_FROM(1, 20) void report(int level, const char *why);

void ends(int x) {
  PGconn *conn = PQconnectdb("");
  if (x == 1)
    die("one");
  if (x == 2)
    raise_error("two");
  // CHECK: :[[@LINE-1]]:5: warning: connection 'conn' is not released before control jumps out of 'ends' here
  report(19, "nineteen");
  if (x == 3)
    report(21, "twenty-one");
  // CHECK: :[[@LINE-1]]:5: warning: connection 'conn' is not released before control jumps out of 'ends' here
  PQfinish(conn);
}

CONNSAN_ACQUIRE_OUT_OR_NULL_IF(1, nonzero) int try_to_open(PGconn **conn);

void null_otherwise(void) {
  PGconn *conn;
  int opened = try_to_open(&conn);
  if (conn)
    PQfinish(conn);
  else if (opened)
    PQfinish(NULL);
}

/* The result is one resource, the arguments are others. */
CONNSAN_ACQUIRE("statement")
CONNSAN_RESOURCE("parameters")
CONNSAN_RELEASE(1) CONNSAN_ACQUIRE_OUT(2) CONNSAN_RESOURCE_OF(2, "error-text") void *compile(void *set, char **error);
CONNSAN_ACQUIRE("parameters") void *parameters(void);
CONNSAN_RELEASE(1) CONNSAN_RESOURCE("statement") void drop(void *statement);

void resources(void) {
  char *error;
  void *statement = compile(parameters(), &error);
  drop(statement);
}
// CHECK: :[[@LINE-1]]:1: warning: error text 'error' is not released before the end of 'resources'
