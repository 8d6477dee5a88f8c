// A helper puts a connection into a field that this function never names.
// RUN: %leaks | FileCheck %s --implicit-check-not=warning:
#include <libpq-fe.h>
struct session { PGconn *conn; int id; };
static void session_open(struct session *s) { s->conn = PQconnectdb(""); }
static void session_close(struct session *s) { PQfinish(s->conn); s->conn = NULL; }

void good(void) {
  struct session s;
  session_open(&s);
  session_close(&s);
}

int forgets(int x) {
  struct session s;
  session_open(&s);
  if (x)
    return 1;
  // CHECK: :[[@LINE-1]]:5: warning: connection 's.conn' is not released on this return
  // CHECK: note: acquired here by 'session_open'
  session_close(&s);
  return 0;
}
