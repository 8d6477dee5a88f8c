// --pid and --all ask live processes of this host: who holds what now, wherever their file is by now.
// REQUIRES: postgresql
// RUN: %compile %s %libpq_flags -lpq -o %t
// RUN: rm -rf %t.dir && mkdir %t.dir
// RUN: env CONNSAN_OPTIONS=state_path=%t.dir/app timeout 60 %t %preload sh -c '%connsan report --pid "$1"; echo status $?; rm %t.dir/*; %connsan report --no-symbols --pid "$1"' - 2>&1 | FileCheck %s
// RUN: env CONNSAN_OPTIONS=state_path=%t.dir/app timeout 60 %t %preload sh -c '%connsan report --all' - 2>&1 | FileCheck %s --check-prefix=ALL
// RUN: env CONNSAN_OPTIONS= timeout 60 %t %preload sh -c 'not %connsan report --pid "$1"; %connsan report --all' - 2>&1 | FileCheck %s --check-prefix=KEEPS-NONE
// RUN: not %connsan report --pid 1 2>&1 | FileCheck %s --check-prefix=NOT-OBSERVED
// RUN: not %connsan report --pid 999999999 2>&1 | FileCheck %s --check-prefix=NONE
// UNSUPPORTED: sanitized
// CHECK: 1 process (1 running): 1 connection open
// CHECK: 1 1 0 0 1 0 {{.*}} s 1 take {{.*}}living.c:33
// CHECK: process [[PID:[0-9]+]] {{.*}}, running
// CHECK: connection #1 held {{.*}} s, never used, by thread {{[0-9]+}}, which has exited
// CHECK: status 0
// CHECK: 1 process (1 running): 1 connection open
// ALL: process{{.*}} running
// ALL: take {{.*}}living.c:33
// KEEPS-NONE: connsan report: process {{[0-9]+}} is observed but keeps no state: start it with the option state_path, or by 'connsan run'
// KEEPS-NONE: connsan report: {{[0-9]+}} observed without the option state_path: what they hold is not known here
// NOT-OBSERVED: connsan report: process 1 is not observed: it has not loaded libconnsan_rt.so
// NONE: connsan report: there is no process 999999999
#include <libpq-fe.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

static __attribute__((noinline)) void *take(void *Unused) {
  (void)Unused;
  return PQconnectdb("");
}

// Runs itself with the preload, and then the command with the number of that process, when it has connected.
int main(int argc, char **argv) {
  if (argc == 2) {
    pthread_t Thread;
    pthread_create(&Thread, NULL, take, NULL);
    pthread_join(Thread, NULL);
    sleep(1);
    close(STDOUT_FILENO);
    sleep(60);
    return 0;
  }
  int Connected[2];
  if (pipe(Connected) != 0)
    return 1;
  pid_t Child = fork();
  if (Child == 0) {
    dup2(Connected[1], STDOUT_FILENO);
    close(Connected[0]);
    close(Connected[1]);
    setenv("LD_PRELOAD", argv[1], 1);
    execl(argv[0], argv[0], "connect", NULL);
    return 1;
  }
  close(Connected[1]);
  char Byte;
  if (read(Connected[0], &Byte, 1) != 0)
    return 1;
  char Number[16];
  snprintf(Number, sizeof Number, "%d", (int)Child);
  pid_t Command = fork();
  if (Command == 0) {
    execlp(argv[2], argv[2], argv[3], argv[4], argv[5], Number, NULL);
    return 1;
  }
  waitpid(Command, NULL, 0);
  kill(Child, SIGKILL);
  waitpid(Child, NULL, 0);
  return 0;
}
