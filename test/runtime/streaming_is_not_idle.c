// Rows that keep coming in single-row mode, a COPY that moves on and a pipeline left open are no long query.
// RUN: %build_c -o %t
// RUN: env CONNSAN_OPTIONS=long_query=400ms:idle_in_transaction=400ms %run %t 2>&1 | FileCheck %s --allow-empty
// CHECK-NOT: {{.}}
#include <libpq-fe.h>
#include <unistd.h>

int main(void) {
  PGconn *Conn = PQconnectdb("");
  PQsendQuery(Conn, "SELECT generate_series(1, 12)");
  PQsetSingleRowMode(Conn);
  PGresult *Result;
  while ((Result = PQgetResult(Conn))) {
    PQclear(Result);
    usleep(60000);
  }
  PQclear(PQexec(Conn, "CREATE TEMP TABLE t (i int)"));
  PQclear(PQexec(Conn, "COPY t FROM STDIN"));
  for (int I = 0; I < 12; ++I) {
    PQputCopyData(Conn, "1\n", 2);
    usleep(60000);
  }
  PQputCopyEnd(Conn, NULL);
  while ((Result = PQgetResult(Conn)))
    PQclear(Result);
  PQenterPipelineMode(Conn);
  usleep(700000);
  PQfinish(Conn);
  return 0;
}
