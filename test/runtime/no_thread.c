// No thread can be started: the last report is written by the program's own thread, which a reader of standard error that
// has gone away does not end.
// RUN: %build_c -rdynamic -o %t
// RUN: env CONNSAN_OPTIONS=open_at_exit=leak:exitcode=23 sh -c '%run %t; echo status $?' 2>&1 | FileCheck %s
// RUN: env CONNSAN_OPTIONS=open_at_exit=leak:exitcode=23 sh -c '%run %t broken; echo status $?' | FileCheck %s --check-prefix=BROKEN
// UNSUPPORTED: thread
// ThreadSanitizer's own pthread_create is the one that is called.
// CHECK: cannot start a thread: nothing is reported before the process ends
// CHECK: connection #1 leaked: open at exit
// CHECK: SUMMARY: ConnectionSanitizer: 1 leaked
// CHECK: status 23
// BROKEN: status 23
#include <errno.h>
#include <libpq-fe.h>
#include <pthread.h>
#include <unistd.h>

int pthread_create(pthread_t *Thread, const pthread_attr_t *Attributes, void *(*Run)(void *), void *Arg) {
  (void)Thread, (void)Attributes, (void)Run, (void)Arg;
  return EAGAIN;
}

int main(int argc, char **argv) {
  (void)argv;
  int Pipe[2];
  if (argc > 1) {
    if (pipe(Pipe))
      return 1;
    dup2(Pipe[1], 2);
    close(Pipe[0]);
    close(Pipe[1]);
  }
  PQconnectdb("");
  return 3;
}
