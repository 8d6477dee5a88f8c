// The older functions for COPY serve the query in flight, which moves on with them.
// RUN: %build_c -Wno-deprecated-declarations -o %t
// RUN: env CONNSAN_OPTIONS=long_query=400ms:idle_in_transaction=400ms %run %t 2>&1 | FileCheck %s
#include <libpq-fe.h>
#include <string.h>
#include <unistd.h>

int main(void) {
  PGconn *Conn = PQconnectdb("");
  PQclear(PQexec(Conn, "CREATE TEMP TABLE old_copy (line text)"));
  PQclear(PQexec(Conn, "COPY old_copy FROM STDIN"));
  for (int I = 0; I < 6; ++I) {
    PQputline(Conn, "text\n");
    usleep(150000);
    PQputnbytes(Conn, "text\n", 5);
  }
  PQputline(Conn, "\\.\n");
  if (PQendcopy(Conn))
    return 1;
  PQclear(PQexec(Conn, "COPY old_copy TO STDOUT"));
  char Line[64];
  while (!PQgetline(Conn, Line, sizeof Line) && strcmp(Line, "\\."))
    usleep(60000);
  PQendcopy(Conn);
  return 0;
}
// CHECK-NOT: WARNING
// CHECK: INFO: ConnectionSanitizer: connection #1 open at exit, held 1.
// CHECK: by PQendcopy at:
