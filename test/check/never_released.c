// Nobody releases it: one warning at the acquire, with a note for each exit.
// RUN: %leaks | FileCheck %s --implicit-check-not=warning:
#include <libpq-fe.h>

int backend(int quick) {
  PGconn *conn = PQconnectdb("");
  // CHECK: :[[@LINE-1]]:18: warning: connection 'conn' is never released
  if (quick)
    return 0;
  // CHECK: :[[@LINE-1]]:5: note: connection 'conn' is not released on this return
  return PQbackendPID(conn);
  // CHECK: :[[@LINE-1]]:3: note: connection 'conn' is not released on this return
}
