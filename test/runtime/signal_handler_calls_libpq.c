// A signal handler connects, queries and finishes in the middle of whatever the thread does, work of ours included: nothing
// hangs and nothing is left behind. The libpq is one that may be called there, so that only our part can be at fault.
// RUN: %build_fake
// RUN: env CONNSAN_OPTIONS=held=10s:open_at_exit=leak:exitcode=9 %run %t > %t.out 2> %t.err
// RUN: FileCheck %s < %t.out
// RUN: FileCheck %s --check-prefix=SILENT --allow-empty < %t.err
// CHECK: handled: 1
// SILENT-NOT: {{.}}
#include <libpq-fe.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

static _Atomic int Handled;
static _Atomic int Stop;

static void onSignal(int Number) {
  (void)Number;
  PGconn *Conn = PQconnectdb("");
  PQexec(Conn, "SELECT 1");
  PQfinish(Conn);
  ++Handled;
}

// Another thread holds the locks at times as well.
static void *work(void *Arg) {
  sigset_t All;
  sigfillset(&All);
  pthread_sigmask(SIG_SETMASK, &All, NULL);
  while (!Stop)
    PQfinish(PQconnectdb(""));
  return Arg;
}

int main(void) {
  PQfinish(PQconnectdb(""));
  pthread_t Other;
  pthread_create(&Other, NULL, work, NULL);
  struct sigaction Action = {.sa_handler = onSignal, .sa_flags = SA_NODEFER};
  sigaction(SIGALRM, &Action, NULL);
  struct itimerval Every = {{0, 200}, {0, 200}};
  setitimer(ITIMER_REAL, &Every, NULL);
  for (time_t End = time(NULL) + 2; time(NULL) < End;)
    for (int I = 0; I < 100; ++I) {
      PGconn *Conn = PQconnectdb("");
      PQexec(Conn, "SELECT 1");
      PQfinish(Conn);
    }
  Every = (struct itimerval){{0, 0}, {0, 0}};
  setitimer(ITIMER_REAL, &Every, NULL);
  Stop = 1;
  pthread_join(Other, NULL);
  printf("handled: %d\n", Handled > 100);
  return 0;
}
