// RUN: %leaks | FileCheck %s --implicit-check-not=warning:
#include <libpq-fe.h>
int work(PGconn *conn);
#define TRY(e) do { if (e) return -1; } while (0)
#define FINISH(c) do { if (c) { PQfinish(c); (c) = NULL; } } while (0)

int hidden_return(void) {
  PGconn *conn = PQconnectdb("");
  // CHECK: :[[@LINE+1]]:3: warning: connection 'conn' is not released on this return
  TRY(work(conn));
  // CHECK: note: taken when 'work(conn)' is true
  PQfinish(conn);
  return 0;
}

int hidden_release(int x) {
  PGconn *conn = PQconnectdb("");
  if (x) {
    FINISH(conn);
    return 1;
  }
  FINISH(conn);
  return 0;
}
