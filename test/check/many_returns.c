// A function with a hundred returns and two dozen connections is analysed to its end.
// RUN: %leaks | FileCheck %s --implicit-check-not=warning:
#include <libpq-fe.h>
int next(void);
#define TEN(X) X X X X X X X X X X
#define STEP                                                                                                 \
  if (next()) {                                                                                              \
    PQfinish(conn);                                                                                          \
    return next();                                                                                           \
  }

int returns_a_lot(void) {
  PGconn *conn = PQconnectdb("");
  TEN(TEN(STEP))
  if (next())
    return 1;
  // CHECK: :[[@LINE-1]]:5: warning: connection 'conn' is not released on this return
  PQfinish(conn);
  return 0;
}
