// 64 threads connect and finish while processes are forked without pause: every child ends, and no record is lost; at the
// end nothing is open, and the one connection that is kept is the one that is found. CONNSAN_SOAK=seconds for longer.
// RUN: %build_fake
// RUN: env CONNSAN_OPTIONS=connecting=1ms:open_at_exit=leak:exitcode=9 timeout 900 env LD_PRELOAD=%preload %t > %t.out 2> %t.err
// RUN: FileCheck %s < %t.out
// RUN: FileCheck %s --check-prefix=SILENT --allow-empty < %t.err
// RUN: env CONNSAN_OPTIONS=open_at_exit=leak timeout 900 env LD_PRELOAD=%preload %t keep 2>&1 | FileCheck %s --check-prefix=KEPT
// CHECK: children that failed: 0
// SILENT-NOT: {{.}}
// KEPT-NOT: leaked
// KEPT: children that failed: 0
// KEPT: connection #{{[0-9]+}} leaked: open at exit
// KEPT: {{^SUMMARY: ConnectionSanitizer: 1 leaked$}}
#include <libpq-fe.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static _Atomic int Stop;

enum { Most = 256 };

static void useAtOnce(int Count) {
  PGconn *Conns[Most];
  for (int I = 0; I < Count; ++I)
    Conns[I] = I % 2 ? PQconnectdb("") : PQsetdbLogin("", "", "", "", "", "", "");
  for (int I = 0; I < Count; ++I)
    PQclear(PQexec(Conns[I], "SELECT 1"));
  for (int I = 0; I < Count; ++I)
    PQfinish(Conns[I]);
}

void PQclear(PGresult *Result) { (void)Result; }

static void *work(void *Arg) {
  while (!Stop)
    useAtOnce(4);
  return Arg;
}

int main(int argc, char **argv) {
  (void)argv;
  const char *Soak = getenv("CONNSAN_SOAK");
  time_t End = time(NULL) + (Soak ? atoi(Soak) : 2);
  pthread_t Threads[64];
  for (int I = 0; I < 64; ++I)
    pthread_create(&Threads[I], NULL, work, NULL);
  int Children = 0, Bad = 0;
  do {
    pid_t Storm[8];
    for (int I = 0; I < 8; ++I)
      if (!(Storm[I] = fork())) {
        // A child that hangs is ended by the alarm, and counted.
        alarm(60);
        // So many that every lock of the table is taken.
        useAtOnce(Most);
        if (I % 2)
          exit(0);
        _exit(0);
      }
    for (int I = 0; I < 8; ++I) {
      int Status = 1;
      waitpid(Storm[I], &Status, 0);
      ++Children;
      Bad += Status != 0;
    }
  } while (time(NULL) < End);
  Stop = 1;
  for (int I = 0; I < 64; ++I)
    pthread_join(Threads[I], NULL);
  fprintf(argc > 1 ? stderr : stdout, "children %d\nchildren that failed: %d\n", Children, Bad);
  fflush(stdout);
  if (argc > 1)
    PQconnectdb("");
  return 0;
}
