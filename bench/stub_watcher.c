// stub_watcher CONNECTIONS STACKS SPREAD IN_TRANSACTION SETTLE SECONDS: opens so many connections from so many stacks,
// evenly over SPREAD seconds, waits SETTLE seconds, and prints what the thread "connsan" takes in the next SECONDS:
// nanoseconds of processor time, the nanoseconds that passed, and how often it got the processor.
#include "stub_stacks.h"

#include <libpq-fe.h>

#include <dirent.h>
#include <stdint.h>
#include <string.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

static int InTransaction;

static int64_t now(void) {
  struct timespec Time;
  clock_gettime(CLOCK_MONOTONIC, &Time);
  return Time.tv_sec * INT64_C(1000000000) + Time.tv_nsec;
}

static void sleepUntil(int64_t Until) {
  struct timespec Time = {Until / 1000000000, Until % 1000000000};
  while (clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &Time, NULL))
    ;
}

static void acquire(void *Data) {
  PGconn *Conn = PQconnectdb("");
  if (!Conn)
    die("stub_watcher: no connection");
  if (InTransaction)
    PQexec(Conn, "BEGIN");
}

static int readFile(const char *Path, char *Buffer, int Size) {
  FILE *File = fopen(Path, "r");
  if (!File)
    return 0;
  size_t Length = fread(Buffer, 1, (size_t)Size - 1, File);
  Buffer[Length] = 0;
  fclose(File);
  return 1;
}

struct Times {
  long long Nanoseconds, Waiting;
  long Slices;
};

static struct Times ofWatcher(void) {
  DIR *Tasks = opendir("/proc/self/task");
  struct Times Result = {-1, 0, 0};
  for (struct dirent *Entry; Tasks && (Entry = readdir(Tasks));) {
    char Path[512], Text[256];
    snprintf(Path, sizeof Path, "/proc/self/task/%s/comm", Entry->d_name);
    if (!readFile(Path, Text, sizeof Text) || strcmp(Text, "connsan\n"))
      continue;
    snprintf(Path, sizeof Path, "/proc/self/task/%s/schedstat", Entry->d_name);
    if (readFile(Path, Text, sizeof Text))
      sscanf(Text, "%lld %lld %ld", &Result.Nanoseconds, &Result.Waiting, &Result.Slices);
  }
  closedir(Tasks);
  if (Result.Nanoseconds < 0)
    die("stub_watcher: there is no thread connsan, or no schedstat");
  return Result;
}

int main(int argc, char **argv) {
  if (argc != 7)
    die("usage: stub_watcher CONNECTIONS STACKS SPREAD IN_TRANSACTION SETTLE SECONDS");
  long Connections = atol(argv[1]);
  unsigned Stacks = (unsigned)atol(argv[2]);
  double Spread = atof(argv[3]);
  InTransaction = atoi(argv[4]);
  int64_t Begin = now();
  for (long I = 0; I < Connections; ++I) {
    atPath((unsigned)I % Stacks, Levels, acquire, NULL);
    if (I % 100 == 0)
      sleepUntil(Begin + (int64_t)(Spread * 1e9 * (double)I / (double)Connections));
  }
  sleepUntil(now() + (int64_t)(atof(argv[5]) * 1e9));
  struct Times Before = ofWatcher();
  int64_t From = now();
  sleepUntil(From + (int64_t)(atof(argv[6]) * 1e9));
  struct Times After = ofWatcher();
  printf("%lld %lld %ld\n", After.Nanoseconds - Before.Nanoseconds, (long long)(now() - From),
         After.Slices - Before.Slices);
  fflush(stdout);
  syscall(SYS_exit_group, 0);
}
