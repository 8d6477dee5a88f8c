// The JSON line counts the calls and the resets of a connection, and says when the thread that took it is gone.
// RUN: rm -f %t.log.*
// RUN: %build_c -o %t
// RUN: env CONNSAN_OPTIONS=log_path=%t.log %run %t
// RUN: cat %t.log.* | FileCheck %s
#include <libpq-fe.h>
#include <pthread.h>

static void *take(void *Unused) {
  (void)Unused;
  return PQconnectdb("");
}

int main(void) {
  pthread_t Thread;
  void *Taken;
  pthread_create(&Thread, NULL, take, NULL);
  pthread_join(Thread, &Taken);
  PGconn *Conn = Taken;
  for (int I = 0; I < 5; ++I)
    PQclear(PQexec(Conn, "SELECT 1"));
  PQreset(Conn);
  PQresetStart(Conn);
  while (PQresetPoll(Conn) != PGRES_POLLING_OK)
    ;
  PQclear(PQexec(Conn, "SELECT 1"));
  return 0;
}
// CHECK: INFO: ConnectionSanitizer: connection #1 open at exit
// CHECK: acquired by thread {{[0-9]+}}, which has exited, at:
// CHECK: "local_port":{{[1-9][0-9]*}},
// CHECK-SAME: "resets":2,"uses":6,
// CHECK-SAME: "acquired":{"thread":{{[0-9]+}},"thread_exited":true,
