// A program that was built with a sanitizer, under our runtime without one: LeakSanitizer finds the program's leak and none
// of ours, ThreadSanitizer and UndefinedBehaviorSanitizer find nothing, and our report is there.
// RUN: %build_c -fsanitize=address,undefined -fno-sanitize-recover=undefined -o %t.asan
// RUN: %python %S/Inputs/preload_after.py libasan.so %cc %runtime_lib %t.asan > %t.1 2>&1
// RUN: FileCheck %s < %t.1
// RUN: FileCheck %s --check-prefix=NO < %t.1
// RUN: %python %S/Inputs/preload_after.py libasan.so %cc %runtime_lib %t.asan leak > %t.2 2>&1
// RUN: FileCheck %s --check-prefix=LEAK < %t.2
// RUN: %build_c -fsanitize=thread -o %t.tsan
// RUN: %python %S/Inputs/preload_after.py libtsan.so %cc %runtime_lib %t.tsan > %t.3 2>&1
// RUN: FileCheck %s < %t.3
// RUN: FileCheck %s --check-prefix=NO < %t.3
// UNSUPPORTED: sanitized
// This is about the runtime as it is installed.
// CHECK: connection #1 held
// CHECK: connection #{{[0-9]+}} leaked: failed to connect
// On a machine with much to do others are held for long as well.
// CHECK: SUMMARY: ConnectionSanitizer: {{[0-9]+}} held, 1 leaked
// CHECK: status 0
// NO-NOT: {{Address|Leak|Thread}}Sanitizer
// NO-NOT: runtime error
// LeakSanitizer ends the process when it has found something: there is no last report then.
// LEAK: connection #1 held
// LEAK: LeakSanitizer: detected memory leaks
// LEAK: #1 {{.*}} in forgetful
// LEAK-NOT: leak of
// LEAK: SUMMARY: AddressSanitizer: 1234 byte(s) leaked in 1 allocation(s).
// LEAK: status 1
#include <libpq-fe.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void *work(void *Arg) {
  for (int I = 0; I < 50; ++I) {
    PGconn *Conn = PQconnectdb("host=/nonexistent");
    PQclear(PQexec(Conn, "SELECT 1"));
    PQfinish(Conn);
  }
  return Arg;
}

__attribute__((noinline)) static void forgetful(void) {
  memset(malloc(1234), 0, 1);
}

static PGconn *Failed;

int main(int argc, char **argv) {
  (void)argv;
  PGconn *Conn = PQconnectdb("");
  pthread_t Threads[4];
  for (int I = 0; I < 4; ++I)
    pthread_create(&Threads[I], NULL, work, NULL);
  for (int I = 0; I < 4; ++I)
    pthread_join(Threads[I], NULL);
  usleep(300000);
  PQfinish(Conn);
  if (argc > 1)
    forgetful();
  Failed = PQconnectdb("host=/nonexistent");
  return 0;
}
