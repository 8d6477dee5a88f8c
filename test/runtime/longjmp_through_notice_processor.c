// A longjmp out of a callback leaves the wrapper behind; the next calls are seen as before.
// RUN: %build_c -o %t
// RUN: env CONNSAN_OPTIONS=open_at_exit=leak %run %t 2>&1 | FileCheck %s
// UNSUPPORTED: sanitized
// CHECK: jumped
// CHECK: connection #2 leaked
// CHECK: by PQexec at:
// CHECK: {{^SUMMARY: ConnectionSanitizer: 1 leaked$}}
#include <libpq-fe.h>
#include <setjmp.h>
#include <stdio.h>

static jmp_buf Back;

static void jump(void *Arg, const char *Message) {
  (void)Arg;
  (void)Message;
  longjmp(Back, 1);
}

int main(void) {
  PGconn *volatile Conn = PQconnectdb("");
  PQsetNoticeProcessor(Conn, jump, NULL);
  if (!setjmp(Back))
    PQexec(Conn, "DO $$ BEGIN RAISE NOTICE 'hello'; END $$");
  fprintf(stderr, "jumped\n");
  PQfinish(Conn);
  Conn = PQconnectdb("");
  PQclear(PQexec(Conn, "SELECT 1"));
  return 0;
}
