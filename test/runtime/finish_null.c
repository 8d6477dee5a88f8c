// PQfinish(NULL) and queries on NULL go to libpq, which does nothing, and are counted nowhere.
// RUN: %build_c -o %t
// RUN: %run %t 2>&1 | FileCheck %s --allow-empty
// CHECK-NOT: {{.}}
#include <libpq-fe.h>

int main(void) {
  PQfinish(NULL);
  PGconn *Conn = PQconnectdb("");
  PQfinish(NULL);
  if (PQexec(NULL, "SELECT 1") || PQsendQuery(NULL, "SELECT 1") || PQgetResult(NULL))
    return 1;
  PQreset(NULL);
  PQfinish(Conn);
  return PQconnectPoll(NULL) != PGRES_POLLING_FAILED;
}
