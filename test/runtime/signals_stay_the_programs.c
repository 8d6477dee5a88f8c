// The program's signals go to the program's threads: ours takes none, and no handler is installed.
// RUN: %build_c -o %t
// RUN: %run %t 2>&1 | FileCheck %s
// UNSUPPORTED: sanitized
// CHECK: default handlers 1, handled in main 50
#include <libpq-fe.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <unistd.h>

static pthread_t Main;
static volatile int InMain;

static void onSignal(int Number) {
  (void)Number;
  InMain += pthread_equal(pthread_self(), Main) != 0;
}

int main(void) {
  Main = pthread_self();
  PGconn *Conn = PQconnectdb("");
  int Default = 1;
  for (int Number = 1; Number < 32; ++Number) {
    struct sigaction Action;
    if (Number != SIGPIPE && sigaction(Number, NULL, &Action) == 0 && Action.sa_handler != SIG_DFL)
      Default = Action.sa_handler == SIG_IGN ? Default : 0;
  }
  signal(SIGUSR1, onSignal);
  for (int I = 0; I < 50; ++I) {
    kill(getpid(), SIGUSR1);
    usleep(1000);
  }
  fprintf(stderr, "default handlers %d, handled in main %d\n", Default, InMain);
  PQfinish(Conn);
  return 0;
}
