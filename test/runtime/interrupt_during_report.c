// Ctrl-C ends the process at once by its default action, while a report is being written to a pipe that nobody empties, and
// while exit waits for that.
// RUN: %build_c -o %t
// RUN: env CONNSAN_OPTIONS=held=10ms %run %t writing | FileCheck %s
// RUN: env CONNSAN_OPTIONS=held=10ms %run %t exiting | FileCheck %s
// CHECK: signal 2, soon 1
#include <fcntl.h>
#include <libpq-fe.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

int main(int argc, char **argv) {
  int Full[2], Ready[2];
  if (argc < 2 || pipe(Full) || pipe(Ready))
    return 1;
  fcntl(Full[1], F_SETFL, O_NONBLOCK);
  while (write(Full[1], "x", 1) == 1)
    ;
  fcntl(Full[1], F_SETFL, 0);
  pid_t Child = fork();
  if (!Child) {
    dup2(Full[1], 2);
    PQconnectdb("");
    usleep(100000);
    if (write(Ready[1], "x", 1) != 1)
      _exit(1);
    while (!strcmp(argv[1], "writing"))
      pause();
    return 0;
  }
  char Byte;
  if (read(Ready[0], &Byte, 1) != 1)
    return 1;
  usleep(100000);
  time_t Before = time(NULL);
  kill(Child, SIGINT);
  int Status;
  waitpid(Child, &Status, 0);
  printf("signal %d, soon %d\n", WIFSIGNALED(Status) ? WTERMSIG(Status) : 0, time(NULL) - Before < 4);
  return 0;
}
