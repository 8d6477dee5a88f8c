// The connections by which libpq 17 cancels queries are sockets of their own: one that is not finished is a leak.
// RUN: mkdir -p %t.lib
// RUN: %cc -shared -fPIC -Wl,-soname,libpq.so.5 %libpq_flags %S/Inputs/libpq17.c -o %t.lib/libpq.so.5
// RUN: ln -sf libpq.so.5 %t.lib/libpq.so
// RUN: %cc -g -Wall -Werror %libpq_flags -x c %s -L%t.lib -Wl,-rpath,%t.lib -lpq -o %t
// RUN: env CONNSAN_OPTIONS=open_at_exit=leak:connecting=100ms:exitcode=9 not %run %t 2>&1 | FileCheck %s
// RUN: env CONNSAN_OPTIONS=open_at_exit=leak:exitcode=9 %run %t clean 2>&1 | FileCheck %s --check-prefix=CLEAN
#define _GNU_SOURCE
#include <dlfcn.h>
#include <libpq-fe.h>
#include <stdio.h>
#include <unistd.h>

typedef struct pg_cancel_conn PGcancelConn;
PGcancelConn *PQcancelCreate(PGconn *Conn);
int PQcancelStart(PGcancelConn *Cancel);
int PQcancelBlocking(PGcancelConn *Cancel);
PostgresPollingStatusType PQcancelPoll(PGcancelConn *Cancel);
void PQcancelFinish(PGcancelConn *Cancel);
PGresult *PQclosePrepared(PGconn *Conn, const char *Name);

int main(int Count, char **Arguments) {
  (void)Arguments;
  PGconn *Conn = PQconnectdb("");
  fprintf(stderr, "PQclosePrepared %s\n", dlsym(RTLD_DEFAULT, "PQclosePrepared") ? "exists" : "is missing");
  fprintf(stderr, "PQclosePortal %s\n", dlsym(RTLD_DEFAULT, "PQclosePortal") ? "exists" : "is missing");
  PGcancelConn *Finished = PQcancelCreate(Conn);
  PQcancelBlocking(Finished);
  PQcancelFinish(Finished);
  if (Count == 1) {
    PGcancelConn *Leaked = PQcancelCreate(Conn);
    PQcancelStart(Leaked);
    usleep(400000);
    PQcancelPoll(Leaked);
  }
  PQfinish(Conn);
  return 0;
}
// CHECK: PQclosePrepared exists
// CHECK: PQclosePortal is missing
// CHECK: WARNING: ConnectionSanitizer: connection #3 connecting for 0.{{[0-9]}} s (threshold 0.1 s)
// CHECK-NEXT: db=stub user=nobody host=nowhere port=1 backend_pid=4242
// CHECK-NEXT: acquired by thread
// CHECK-NEXT: #0 PQcancelCreate libpq.so.5
// CHECK-NEXT: #1 main {{.*}}cancel_connections.c:[[#]]
// CHECK: ERROR: ConnectionSanitizer: connection #3 leaked: open at exit
// CHECK: {{^SUMMARY: ConnectionSanitizer: 1 connecting, 1 leaked$}}

// CLEAN: PQclosePortal is missing
// CLEAN-NOT: ConnectionSanitizer
