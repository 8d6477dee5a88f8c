// A program blocks a signal in its threads and takes it from a signalfd: none goes to our thread, where its handler would
// run.
// RUN: %build_c -o %t
// RUN: %run %t 2>&1 | FileCheck %s
// CHECK: taken 20, handled 0
#include <libpq-fe.h>
#include <signal.h>
#include <stdio.h>
#include <sys/signalfd.h>
#include <unistd.h>

static volatile int Handled;

static void onSignal(int Number) {
  (void)Number;
  ++Handled;
}

int main(void) {
  PGconn *Conn = PQconnectdb("");
  signal(SIGUSR1, onSignal);
  sigset_t One;
  sigemptyset(&One);
  sigaddset(&One, SIGUSR1);
  sigprocmask(SIG_BLOCK, &One, NULL);
  int File = signalfd(-1, &One, SFD_CLOEXEC | SFD_NONBLOCK), Taken = 0;
  for (int I = 0; I < 20; ++I) {
    struct signalfd_siginfo Info;
    kill(getpid(), SIGUSR1);
    usleep(1000);
    Taken += read(File, &Info, sizeof Info) == sizeof Info;
  }
  fprintf(stderr, "taken %d, handled %d\n", Taken, Handled);
  PQfinish(Conn);
  return 0;
}
