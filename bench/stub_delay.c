// stub_delay CONNECTIONS REPORTS KEEP_MS: with so many connections open, opens one after the other, each from a stack
// of its own, keeps it for so many milliseconds and finishes it. Prints the time of day, in milliseconds, at which
// each was open.
#include "stub_stacks.h"

#include <libpq-fe.h>

#include <stdint.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

static PGconn *Conn;

static void hold(void *Data) {
  if (!PQconnectdb(""))
    die("stub_delay: no connection");
}

static void acquire(void *Data) {
  Conn = PQconnectdb("");
  struct timespec Time;
  clock_gettime(CLOCK_REALTIME, &Time);
  printf("%.3f\n", (double)Time.tv_sec * 1e3 + (double)Time.tv_nsec / 1e6);
}

int main(int argc, char **argv) {
  if (argc != 4)
    die("usage: stub_delay CONNECTIONS REPORTS KEEP_MS");
  for (long I = 0; I < atol(argv[1]); ++I)
    atPath(0, Levels, hold, NULL);
  long Keep = atol(argv[3]) * 1000;
  // What is open is reported before, if it ever is.
  if (atol(argv[1]))
    usleep((useconds_t)Keep * 2);
  for (long I = 1; I <= atol(argv[2]); ++I) {
    atPath((unsigned)I, Levels, acquire, NULL);
    usleep((useconds_t)(Keep + I * 7919 % 50000));
    PQfinish(Conn);
  }
  fflush(stdout);
  // Without the last report, which is no part of this.
  syscall(SYS_exit_group, 0);
}
