// Used after it was released, on a path that exists.
// RUN: %leaks | FileCheck %s --implicit-check-not=warning:
#include <libpq-fe.h>
int work(PGconn *conn);
static void finish(PGconn *conn) { PQfinish(conn); }

const char *message_too_late(void) {
  PGconn *conn = PQconnectdb("");
  PQfinish(conn);
  return PQerrorMessage(conn);
  // CHECK: :[[@LINE-1]]:10: warning: connection 'conn' is given to 'PQerrorMessage' after it was released [connsan-use-after-release]
  // CHECK: :8:18: note: acquired here by 'PQconnectdb'
  // CHECK: :9:3: note: released here
}

int on_one_path(PGconn *conn) {
  if (PQstatus(conn) != CONNECTION_OK)
    PQfinish(conn);
  return PQsocket(conn);
  // CHECK: :[[@LINE-1]]:10: warning: connection 'conn' is given to 'PQsocket' after it was released
  // CHECK: note: released here
  // CHECK: note: taken when 'PQstatus(conn) != CONNECTION_OK' is true
}

int through_helper(void) {
  PGconn *conn = PQconnectdb("");
  finish(conn);
  return work(conn);
  // CHECK: :[[@LINE-1]]:10: warning: connection 'conn' is given to 'work' after it was released
}

int of_a_result(PGconn *conn) {
  PGresult *res = PQexec(conn, "SELECT 1");
  PQclear(res);
  return PQntuples(res);
  // CHECK: :[[@LINE-1]]:10: warning: result 'res' is given to 'PQntuples' after it was released
}

int replaced(void) {
  PGconn *conn = PQconnectdb("host=a");
  PQfinish(conn);
  conn = PQconnectdb("host=b");
  int fd = PQsocket(conn);
  PQfinish(conn);
  return fd;
}

struct session { PGconn *conn; };
void reopen(struct session *s);
int reopened(struct session *s) {
  PQfinish(s->conn);
  reopen(s);
  return PQsocket(s->conn);
}
