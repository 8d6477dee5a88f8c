// The server ends the session: libpq closes the socket, but the connection is still the program's to finish.
// RUN: %build_c -o %t && env CONNSAN_OPTIONS=held=200ms %run %t 2>&1 | FileCheck %s
// RUN: env CONNSAN_OPTIONS=held=200ms %run %t look 2>&1 | FileCheck %s
#include <libpq-fe.h>
#include <poll.h>
#include <stdio.h>
#include <unistd.h>

int main(int argc, char **argv) {
  (void)argv;
  PGconn *Conn = PQconnectdb("");
  PGconn *Other = PQconnectdb("");
  char Query[80];
  snprintf(Query, sizeof Query, "SELECT pg_terminate_backend(%d)", PQbackendPID(Conn));
  PQclear(PQexec(Other, Query));
  PQfinish(Other);
  if (argc > 1) {
    struct pollfd Poll = {PQsocket(Conn), POLLIN, 0};
    while (PQstatus(Conn) == CONNECTION_OK && poll(&Poll, 1, 5000) == 1 && PQconsumeInput(Conn))
      ;
  } else {
    PQclear(PQexec(Conn, "SELECT 1"));
  }
  printf("bad %d\n", PQstatus(Conn) == CONNECTION_BAD);
  fflush(stdout);
  usleep(500000);
  return 0;
}
// CHECK: bad 1
// CHECK: WARNING: ConnectionSanitizer: connection #1 held
// CHECK: ERROR: ConnectionSanitizer: connection #1 leaked: open at exit, reported as held before
