// A foreign function with a fatal name just before the exit: it may never return, so the finding is medium.
// RUN: %expect_status 0 %connsan check %s -- %libpq_flags
// RUN: %expect_status 1 %connsan check --confidence=medium %s -- %libpq_flags | FileCheck %s
#include <libpq-fe.h>
void die(const char *why);

int run(void) {
  PGconn *conn = PQconnectdb("");
  if (PQstatus(conn) != CONNECTION_OK) {
    die("no connection");
    // CHECK: :[[@LINE+1]]:5: warning: connection 'conn' is not released on this return (medium confidence) [connsan-connection-leak]
    return 1;
  }
  PQfinish(conn);
  return 0;
}
