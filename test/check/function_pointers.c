// A pointer with one possible target is seen through; what is behind others is not known.
// RUN: %leaks | FileCheck %s --implicit-check-not=warning:
#include <libpq-fe.h>

static void close_it(PGconn *conn) { PQfinish(conn); }
static int look_at(PGconn *conn) { return PQsocket(conn); }
static PGconn *open_it(void) { return PQconnectdb(""); }

void local(void) {
  void (*closer)(PGconn *) = close_it;
  PGconn *conn = PQconnectdb("");
  closer(conn);
}

int local_looks(void) {
  int (*look)(PGconn *) = &look_at;
  PGconn *conn = PQconnectdb("");
  // CHECK: :[[@LINE-1]]:18: warning: connection 'conn' is never released
  return look(conn);
}

static void (*const closer)(PGconn *) = close_it;
static int (*const looker)(PGconn *) = look_at;

int constant(void) {
  PGconn *conn = PQconnectdb("");
  if (looker(conn) < 0)
    // CHECK: :[[@LINE+1]]:5: warning: connection 'conn' is not released on this return
    return -1;
  closer(conn);
  return 0;
}

struct driver {
  const char *name;
  PGconn *(*open)(void);
  int (*look)(PGconn *);
  void (*close)(PGconn *);
};
static const struct driver driver = {.name = "pq", .close = close_it, .open = open_it, .look = look_at};

int in_a_table(void) {
  PGconn *conn = driver.open();
  if (driver.look(conn) < 0)
    // CHECK: :[[@LINE+1]]:5: warning: connection 'conn' is not released on this return
    return -1;
  driver.close(conn);
  return 0;
}

// Which function is called is not known: it may keep what it is given.
int in_any_table(const struct driver *any) {
  PGconn *conn = PQconnectdb("");
  return any->look(conn);
}
