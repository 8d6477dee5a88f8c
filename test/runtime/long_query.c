// One call in flight longer than the threshold, blocking or not; the idle connection beside it is not meant.
// RUN: %build_c -o %t
// RUN: env CONNSAN_OPTIONS=long_query=200ms %run %t 2>&1 | FileCheck %s
#include <libpq-fe.h>
#include <unistd.h>

int main(void) {
  PGconn *Conn = PQconnectdb(""), *Idle = PQconnectdb("");
  PQclear(PQexec(Conn, "SELECT pg_sleep(0.6)")); // line 9
  PQfinish(Conn);

  Conn = PQconnectdb("");
  PQsendQuery(Conn, "SELECT pg_sleep(0.1)"); // line 13
  usleep(600000);
  PGresult *Result;
  while ((Result = PQgetResult(Conn)))
    PQclear(Result);
  PQfinish(Conn);
  PQfinish(Idle);
  return 0;
}
// CHECK: connection #1 query in flight 0.{{[0-9]}} s (threshold 0.2 s), held
// CHECK: by PQexec at:
// CHECK: #1 main {{.*}}long_query.c:9
// CHECK: connection #3 query in flight
// CHECK: by PQsendQuery at:
// CHECK: #1 main {{.*}}long_query.c:13
// CHECK: {{^SUMMARY: ConnectionSanitizer: 2 long-query$}}
