// A connection that a callback makes inside another call of libpq is the program's, not libpq's own.
// RUN: %build_c -o %t
// RUN: %run %t 2>&1 | FileCheck %s
// CHECK: connection #2 open at exit
// CHECK: #1 notice {{.*}}connect_in_callback.c:
// CHECK: {{^SUMMARY: ConnectionSanitizer: 1 open at exit$}}
#include <libpq-fe.h>

PGconn *Second;

static void notice(void *Arg, const char *Message) {
  (void)Arg;
  (void)Message;
  Second = PQconnectdb("");
}

int main(void) {
  PGconn *Conn = PQconnectdb("");
  PQsetNoticeProcessor(Conn, notice, NULL);
  PQclear(PQexec(Conn, "DO $$ BEGIN RAISE NOTICE 'hello'; END $$"));
  PQfinish(Conn);
  return 0;
}
