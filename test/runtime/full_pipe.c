// Somebody holds the other end of standard error and does not read: exit waits a bounded time only.
// RUN: %build_c -o %t
// RUN: env CONNSAN_OPTIONS=held=50ms timeout 30 env LD_PRELOAD=%preload %t
#include <fcntl.h>
#include <libpq-fe.h>
#include <unistd.h>

int main(void) {
  int Pipe[2];
  if (pipe(Pipe))
    return 1;
  dup2(Pipe[1], 2);
  fcntl(2, F_SETFL, O_NONBLOCK);
  char Byte = 'x';
  while (write(2, &Byte, 1) == 1)
    ;
  fcntl(2, F_SETFL, 0);
  PQconnectdb("");
  usleep(300000);
  return 0;
}
