// The notes say from where a helper gets what it gives, and where a resource is handed on.
// RUN: %leaks | FileCheck %s --implicit-check-not=warning:
#include <libpq-fe.h>
int keep(PGconn *conn, void (*closer)(PGconn *));

static PGconn *open_one(const char *host) {
  const char *const names[] = {"host", 0};
  const char *const values[] = {host, 0};
  return PQconnectdbParams(names, values, 0);
}
static PGconn *open_any(void) { return open_one("any"); }

int from_a_helper(void) {
  PGconn *conn = open_any();
  if (PQstatus(conn) != CONNECTION_OK)
    return -1;
  // CHECK: :[[@LINE-1]]:5: warning: connection 'conn' is not released on this return
  // CHECK: :[[@LINE-4]]:18: note: acquired here by 'open_any'
  // CHECK: :[[@LINE-10]]:10: note: 'open_any' gets it from 'PQconnectdbParams' here
  // CHECK: :[[@LINE-5]]:7: note: taken when 'PQstatus(conn) != CONNECTION_OK' is true
  PQfinish(conn);
  // CHECK: :[[@LINE-1]]:3: note: released here on another path
  return 0;
}

int handed_on(void) {
  PGconn *conn = PQconnectdb("");
  if (PQstatus(conn) != CONNECTION_OK)
    return -1;
  // CHECK: :[[@LINE-1]]:5: warning: connection 'conn' is not released on this return
  // CHECK: :[[@LINE-4]]:18: note: acquired here by 'PQconnectdb'
  // CHECK: :[[@LINE-4]]:7: note: taken when 'PQstatus(conn) != CONNECTION_OK' is true
  return keep(conn, PQfinish);
  // CHECK: :[[@LINE-1]]:10: note: handed on here on another path
}
