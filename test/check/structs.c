// Connections in fields of locals, of the heap, and of what the caller owns.
// RUN: %leaks | FileCheck %s --implicit-check-not=warning:
#include <libpq-fe.h>
#include <stdlib.h>

struct session { PGconn *conn; int id; };

int local_dies(void) {
  struct session s = {0};
  s.conn = PQconnectdb("");
  // CHECK: :[[@LINE-1]]:12: warning: connection 's.conn' is never released
  return PQsocket(s.conn);
}

void local_initialised(void) {
  struct session s = {PQconnectdb(""), 1};
  PQfinish(s.conn);
}

void given(struct session *s) { s->conn = PQconnectdb(""); }

struct session *made(void) {
  struct session *s = malloc(sizeof *s);
  if (s)
    s->conn = PQconnectdb("");
  return s;
}

struct session by_value(void) {
  struct session s;
  s.conn = PQconnectdb("");
  s.id = 1;
  return s;
}

void slots(void) {
  PGconn *both[2];
  both[0] = PQconnectdb("host=a");
  both[1] = PQconnectdb("host=b");
  PQfinish(both[1]);
  PQfinish(both[0]);
}

void one_slot(void) {
  PGconn *both[2];
  both[0] = PQconnectdb("host=a");
  both[1] = PQconnectdb("host=b");
  // CHECK: :[[@LINE-1]]:13: warning: connection 'both[1]' is never released
  PQfinish(both[0]);
}

void unknown_slot(PGconn **pool, int n) {
  PGconn *all[8];
  for (int i = 0; i < 8 && i < n; i++)
    pool[i] = all[i] = PQconnectdb("");
}

// An object of the heap that is handed on takes what it holds with it.
struct driver {
  void *data;
};
const char *setting(const char *name);
int handed_on(struct driver *driver) {
  PGconn *conn = PQconnectdb("");
  if (setting("schema"))
    // CHECK: :[[@LINE+1]]:5: warning: connection 'conn' is not released on this return
    return -1;
  struct session *s = calloc(1, sizeof *s);
  s->conn = conn;
  driver->data = s;
  return 0;
}
