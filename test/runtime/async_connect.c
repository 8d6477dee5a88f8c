// A non-blocking connect is one connection from PQconnectStart on, and connected once PQconnectPoll says so.
// RUN: %build_c -o %t
// RUN: env CONNSAN_OPTIONS=held=200ms:connecting=400ms %run %t 2>&1 | FileCheck %s
#include <libpq-fe.h>
#include <poll.h>
#include <unistd.h>

int main(void) {
  PGconn *Conn = PQconnectStart("application_name=async"); // line 10
  PostgresPollingStatusType Want = PGRES_POLLING_WRITING;
  while (Want != PGRES_POLLING_OK && Want != PGRES_POLLING_FAILED) {
    struct pollfd Socket = {PQsocket(Conn), Want == PGRES_POLLING_READING ? POLLIN : POLLOUT, 0};
    poll(&Socket, 1, 1000);
    Want = PQconnectPoll(Conn);
  }
  if (Want != PGRES_POLLING_OK)
    return 1;
  usleep(900000);
  PQfinish(Conn);
  return 0;
}
// CHECK: WARNING: ConnectionSanitizer: connection #1 held
// CHECK-NEXT: backend_pid={{[0-9]+}} application_name=async
// CHECK: #0 PQconnectStart libpq.so.5
// CHECK-NEXT: #1 main {{.*}}async_connect.c:
// CHECK: connection #1 released after
// CHECK: {{SUMMARY: ConnectionSanitizer: 1 held$}}
