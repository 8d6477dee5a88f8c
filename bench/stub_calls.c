// stub_calls query|exec|connect|pair FRAMES time|COUNT: one query as pgbench -S makes it, PQexec, a connect, or a
// connect and its PQfinish, from a stack of FRAMES frames. "time" prints the least nanoseconds of one (of a pair:
// of the connect, and of the PQfinish); a number does so many and ends, for callgrind.
#include "stub_stacks.h"

#include <libpq-fe.h>

#include <stdint.h>
#include <string.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

// Short enough that some repetitions are not interrupted on a busy machine.
enum { Repetitions = 20000, QueriesEach = 100, ConnectsEach = 16 };

static const char *What;
static int Frames;
static long Count; // 0: time

static int64_t now(void) {
  struct timespec Time;
  clock_gettime(CLOCK_MONOTONIC, &Time);
  return Time.tv_sec * INT64_C(1000000000) + Time.tv_nsec;
}

static inline __attribute__((always_inline)) void queryOnce(PGconn *Conn) {
  PQsendQuery(Conn, "SELECT");
  PQconsumeInput(Conn);
  for (PGresult *Result; (Result = PQgetResult(Conn));)
    PQclear(Result);
}

static inline __attribute__((always_inline)) void execOnce(PGconn *Conn) {
  PQclear(PQexec(Conn, "SELECT"));
}

static void least(int64_t *Best, int64_t Taken) {
  if (!*Best || Taken < *Best)
    *Best = Taken;
}

static void queries(PGconn *Conn) {
  int Exec = !strcmp(What, "exec");
  if (Count) {
    for (long I = 0; I < Count; ++I)
      if (Exec)
        execOnce(Conn);
      else
        queryOnce(Conn);
    return;
  }
  int64_t Best = 0;
  for (int R = 0; R < Repetitions; ++R) {
    int64_t Begin = now();
    for (int I = 0; I < QueriesEach; ++I)
      if (Exec)
        execOnce(Conn);
      else
        queryOnce(Conn);
    least(&Best, now() - Begin);
  }
  printf("%.1f\n", (double)Best / QueriesEach);
}

static void connects(int Finish) {
  PGconn *Open[ConnectsEach];
  if (Count) {
    for (long I = 0; I < Count; ++I) {
      PGconn *Conn = PQconnectdb("");
      if (Finish)
        PQfinish(Conn);
    }
    return;
  }
  int64_t BestConnect = 0, BestFinish = 0;
  for (int R = 0; R < Repetitions / 4; ++R) {
    int64_t Begin = now();
    for (int I = 0; I < ConnectsEach; ++I)
      Open[I] = PQconnectdb("");
    int64_t Between = now();
    for (int I = 0; I < ConnectsEach; ++I)
      PQfinish(Open[I]);
    least(&BestFinish, now() - Between);
    least(&BestConnect, Between - Begin);
  }
  printf("%.1f %.1f\n", (double)BestConnect / ConnectsEach, (double)BestFinish / ConnectsEach);
}

static void work(void *Data) {
  if (framesHere() != Frames)
    die("stub_calls: the stack has not the frames that were asked for");
  if (!strcmp(What, "query") || !strcmp(What, "exec"))
    queries(PQconnectdb(""));
  else
    connects(!strcmp(What, "pair"));
}

int main(int argc, char **argv) {
  if (argc != 4)
    die("usage: stub_calls query|exec|connect|pair FRAMES time|COUNT");
  What = argv[1];
  Frames = atoi(argv[2]);
  Count = atol(argv[3]);
  int Extra = Frames - framesHere() - 1;
  if (Extra < 1)
    die("stub_calls: too few frames");
  deeper(Extra, work, NULL);
  fflush(stdout);
  // What happens at the end is not of interest; callgrind sees this way out.
  syscall(SYS_exit_group, 0);
}
