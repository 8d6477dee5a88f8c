// What is open at exit is listed by default, counted as leaked on demand, and not told with off.
// RUN: %build_c -o %t
// RUN: %run %t 2>&1 | FileCheck %s --check-prefix=INFO
// RUN: not env CONNSAN_OPTIONS=open_at_exit=leak:exitcode=23 timeout 60 env LD_PRELOAD=%preload %t 2>&1 | FileCheck %s --check-prefix=LEAK
// RUN: env CONNSAN_OPTIONS=open_at_exit=off %run %t 2>&1 | FileCheck %s --check-prefix=OFF --allow-empty
#include <libpq-fe.h>

PGconn *Kept;

int main(void) {
  Kept = PQconnectdb("");
  PQclear(PQexec(Kept, "SELECT 1"));
  return 0;
}
// INFO: ==INFO: ConnectionSanitizer: connection #1 open at exit, held 0.{{[0-9]}} s, idle
// INFO: #1 main {{.*}}open_at_exit.c:11
// INFO: last used 0.{{[0-9]}} s ago by PQexec at:
// INFO: #1 main {{.*}}open_at_exit.c:12
// INFO: {{^SUMMARY: ConnectionSanitizer: 1 open at exit$}}
// LEAK: ==ERROR: ConnectionSanitizer: connection #1 leaked: open at exit, held
// LEAK: #1 main {{.*}}open_at_exit.c:11
// LEAK: {{^SUMMARY: ConnectionSanitizer: 1 leaked$}}
// OFF-NOT: {{.}}
