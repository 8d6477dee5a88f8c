// A transaction that a pipeline leaves open is seen when the pipeline mode ends.
// RUN: %build_c -o %t
// RUN: env CONNSAN_OPTIONS=idle_in_transaction=100ms %run %t 2>&1 | FileCheck %s
#include <libpq-fe.h>
#include <unistd.h>

int main(void) {
  PGconn *Conn = PQconnectdb("");
  PQenterPipelineMode(Conn);
  PQsendQueryParams(Conn, "BEGIN", 0, NULL, NULL, NULL, NULL, 0);
  PQpipelineSync(Conn);
  PQclear(PQgetResult(Conn));
  PQclear(PQgetResult(Conn));
  PQclear(PQgetResult(Conn));
  if (!PQexitPipelineMode(Conn))
    return 1;
  usleep(400000);
  PQfinish(Conn);
  return 0;
}
// CHECK: WARNING: ConnectionSanitizer: connection #1 idle in transaction
// CHECK: by PQexitPipelineMode at:
// CHECK: {{^SUMMARY: ConnectionSanitizer: 1 idle-in-transaction$}}
