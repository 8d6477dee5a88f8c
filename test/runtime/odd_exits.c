// Ways out that cross each other end in time, with one report and the status of the program: exit within an atexit handler,
// exit from another thread while a report is being written, _exit in a signal handler in the middle of exit, exit in the
// middle of a query of another thread.
// RUN: %build_c -o %t
// RUN: env CONNSAN_OPTIONS=open_at_exit=leak sh -c '%run %t nested; echo status $?' 2>&1 | FileCheck %s
// RUN: env CONNSAN_OPTIONS=open_at_exit=leak:held=1ms sh -c '%run %t thread; echo status $?' 2>&1 | FileCheck %s
// RUN: env CONNSAN_OPTIONS=open_at_exit=leak sh -c '%run %t signal; echo status $?' 2>&1 | FileCheck %s
// RUN: env CONNSAN_OPTIONS=open_at_exit=leak sh -c '%run %t query; echo status $?' 2>&1 | FileCheck %s
// CHECK: connection #1 leaked: open at exit
// CHECK-COUNT-1: SUMMARY
// CHECK-NOT: SUMMARY
// CHECK: status 7
#include <libpq-fe.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/time.h>
#include <unistd.h>

static PGconn *Conn;

static void exitAgain(void) { exit(7); }
static void onSignal(int Number) {
  (void)Number;
  _exit(7);
}
static void waitForSignal(void) {
  raise(SIGALRM);
  pause();
}
static void *exitElsewhere(void *Arg) {
  (void)Arg;
  exit(7);
}
static void *query(void *Arg) {
  PQexec(Conn, "SELECT pg_sleep(2)");
  return Arg;
}

int main(int argc, char **argv) {
  if (argc < 2)
    return 1;
  Conn = PQconnectdb("");
  pthread_t Thread;
  if (!strcmp(argv[1], "nested")) {
    atexit(exitAgain);
    exit(3);
  } else if (!strcmp(argv[1], "thread")) {
    usleep(3000);
    pthread_create(&Thread, NULL, exitElsewhere, NULL);
    pause();
  } else if (!strcmp(argv[1], "signal")) {
    signal(SIGALRM, onSignal);
    atexit(waitForSignal);
    exit(3);
  } else {
    pthread_create(&Thread, NULL, query, NULL);
    usleep(100000);
    exit(7);
  }
  return 0;
}
