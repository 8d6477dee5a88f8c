// stub_memory CONNECTIONS STACKS USED: opens so many connections from so many different stacks, with USED makes a
// query on each from there too, and prints the bytes of anonymous memory of the process, the frames of a stack of a
// connect, and the nanoseconds that one connection took.
#include "stub_stacks.h"

#include <libpq-fe.h>

#include <stdint.h>
#include <string.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

static int Frames;
static int Used;

static void acquire(void *Data) {
  if (!Frames)
    Frames = framesHere();
  PGconn *Conn = PQconnectdb("");
  if (!Conn)
    die("stub_memory: no connection");
  if (Used)
    PQexec(Conn, "SELECT");
}

static long anonymousBytes(void) {
  FILE *File = fopen("/proc/self/smaps_rollup", "r");
  char Line[256];
  long Kilobytes = -1;
  while (File && fgets(Line, sizeof Line, File))
    if (sscanf(Line, "Anonymous: %ld kB", &Kilobytes) == 1)
      break;
  if (Kilobytes < 0)
    die("stub_memory: smaps_rollup does not tell");
  return Kilobytes * 1024;
}

static int64_t now(void) {
  struct timespec Time;
  clock_gettime(CLOCK_MONOTONIC, &Time);
  return Time.tv_sec * INT64_C(1000000000) + Time.tv_nsec;
}

int main(int argc, char **argv) {
  if (argc != 4)
    die("usage: stub_memory CONNECTIONS STACKS USED");
  long Connections = atol(argv[1]);
  unsigned Stacks = (unsigned)atol(argv[2]);
  Used = atoi(argv[3]);
  int64_t Begin = now();
  for (long I = 0; I < Connections; ++I)
    atPath((unsigned)I % Stacks, Levels, acquire, NULL);
  int64_t Taken = now() - Begin;
  printf("%ld %d %ld\n", anonymousBytes(), Frames, (long)(Taken / Connections));
  fflush(stdout);
  // Without the last report, which is no part of this.
  syscall(SYS_exit_group, 0);
}
