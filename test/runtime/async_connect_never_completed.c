// A connect that was started and never polled to its end has its own threshold.
// RUN: %build_c -o %t
// RUN: env CONNSAN_OPTIONS=connecting=150ms %run %t 2>&1 | FileCheck %s
#include <libpq-fe.h>
#include <unistd.h>

int main(void) {
  PGconn *Conn = PQconnectStart("");
  usleep(500000);
  PQfinish(Conn);
  return 0;
}
// CHECK: WARNING: ConnectionSanitizer: connection #1 connecting for 0.{{[0-9]}} s (threshold 0.15 s), never completed by PQconnectPoll
// CHECK: #0 PQconnectStart libpq.so.5
// CHECK: connection #1 released after
// CHECK: {{^SUMMARY: ConnectionSanitizer: 1 connecting$}}
