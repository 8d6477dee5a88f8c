// A finished connection that is used is reported once; one whose address is in use again is not.
// RUN: %build_c -o %t
// RUN: %run %t 2>&1 | FileCheck %s
#include <libpq-fe.h>
#include <stdio.h>
#include <unistd.h>

static PGconn *Conn;

int main(void) {
  // The same address, finished and connected again: none of this is wrong.
  for (int I = 0; I < 20; ++I) {
    Conn = PQconnectdb("");
    PQclear(PQexec(Conn, "SELECT 1"));
    PQfinish(Conn);
    Conn = PQconnectStart("");
    while (PQconnectPoll(Conn) != PGRES_POLLING_OK && PQstatus(Conn) != CONNECTION_BAD)
      usleep(500);
    PQfinish(Conn);
  }
  fprintf(stderr, "fine so far\n");
  if (!PQconsumeInput(Conn))
    fprintf(stderr, "no input\n");
  PQconsumeInput(Conn);
  _exit(0);
}
// CHECK-NOT: ConnectionSanitizer
// CHECK: fine so far
// CHECK: ERROR: ConnectionSanitizer: connection #40 is used after it was finished
// CHECK-NEXT: acquired by thread
// CHECK-NEXT: #0 PQconnectStart
// CHECK-NEXT: #1 main {{.*}}use_after_finish.c:16
// CHECK-NEXT: {{^  finished [0-9.]+ s ago by thread [0-9]+ at:$}}
// CHECK-NEXT: #0 PQfinish
// CHECK-NEXT: #1 main {{.*}}use_after_finish.c:19
// CHECK-NEXT: {{^  used by thread [0-9]+ at:$}}
// CHECK-NEXT: #0 PQconsumeInput
// CHECK-NEXT: #1 main {{.*}}use_after_finish.c:22
// CHECK-NOT: ERROR
// CHECK: SUMMARY: ConnectionSanitizer: 1 use-after-finish
// UNSUPPORTED: sanitized
