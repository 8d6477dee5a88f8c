// A signal handler forks in the middle of whatever the thread does, work of ours included: each child ends, whether it
// connects itself or not, and the parent goes on.
// RUN: %build_fake
// RUN: env CONNSAN_OPTIONS=open_at_exit=leak:exitcode=9 %run %t > %t.out 2> %t.err
// RUN: FileCheck %s < %t.out
// RUN: FileCheck %s --check-prefix=SILENT --allow-empty < %t.err
// UNSUPPORTED: thread
// ThreadSanitizer puts handlers off, and takes locks of its own in a fork.
// CHECK: children 1, failed 0
// SILENT-NOT: {{.}}
#include <libpq-fe.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static volatile int Children, Failed;

// At a point of the work that differs from time to time.
static void arm(void) {
  static unsigned Step;
  struct itimerval Once = {{0, 0}, {0, 20 + (Step++ * 37) % 200}};
  setitimer(ITIMER_REAL, &Once, NULL);
}

static void onSignal(int Number) {
  (void)Number;
  pid_t Child = fork();
  if (!Child) {
    alarm(20);
    PGconn *Conn = PQconnectdb("");
    PQexec(Conn, "SELECT 1");
    PQfinish(Conn);
    _exit(0);
  }
  int Status = 1;
  waitpid(Child, &Status, 0);
  ++Children;
  Failed += Status != 0;
  arm();
}

int main(void) {
  PQfinish(PQconnectdb(""));
  struct sigaction Action = {.sa_handler = onSignal, .sa_flags = SA_RESTART};
  sigaction(SIGALRM, &Action, NULL);
  arm();
  for (time_t End = time(NULL) + 2; time(NULL) < End;)
    for (int I = 0; I < 100; ++I) {
      PGconn *Conn = PQconnectdb("");
      PQexec(Conn, "SELECT 1");
      PQfinish(Conn);
    }
  signal(SIGALRM, SIG_IGN);
  printf("children %d, failed %d\n", Children > 50, Failed);
  return 0;
}
