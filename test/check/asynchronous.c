// RUN: %leaks | FileCheck %s --implicit-check-not=warning:
#include <libpq-fe.h>

int start(void) {
  PGconn *conn = PQconnectStart("");
  if (!conn)
    return -1;
  for (;;) {
    PostgresPollingStatusType polled = PQconnectPoll(conn);
    if (polled == PGRES_POLLING_FAILED)
      return -1;
    // CHECK: :[[@LINE-1]]:7: warning: connection 'conn' is not released on this return
    if (polled == PGRES_POLLING_OK)
      break;
  }
  PQfinish(conn);
  return 0;
}
