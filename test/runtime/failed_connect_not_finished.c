// A connect that failed owes PQfinish as well; nothing of libpq's message is printed.
// RUN: %build_c -o %t
// RUN: %run %t 2>&1 | FileCheck %s
#include <libpq-fe.h>

int main(void) {
  PGconn *Finished = PQconnectdb("host=/nonexistent");
  if (PQstatus(Finished) != CONNECTION_BAD)
    return 1;
  PQfinish(Finished);
  PQconnectdb("host=/nonexistent password=sesame"); // line 11
  return 0;
}
// CHECK-NOT: sesame
// CHECK-NOT: No such file
// CHECK: ERROR: ConnectionSanitizer: connection #2 leaked: failed to connect and never finished
// CHECK-NEXT: host=/nonexistent
// CHECK: #1 main {{.*}}failed_connect_not_finished.c:11
// CHECK-NOT: No such file
// CHECK: {{^SUMMARY: ConnectionSanitizer: 1 leaked$}}
