// Nobody reads standard error any more: the program does not die of SIGPIPE, and ends in time.
// RUN: %build_c -o %t
// RUN: env CONNSAN_OPTIONS=held=50ms %run %t
#include <libpq-fe.h>
#include <unistd.h>

int main(void) {
  int Pipe[2];
  if (pipe(Pipe))
    return 1;
  dup2(Pipe[1], 2);
  close(Pipe[0]);
  close(Pipe[1]);
  PQconnectdb("");
  usleep(300000);
  return 0;
}
