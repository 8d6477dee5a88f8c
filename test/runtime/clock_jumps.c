// The system's time of day jumps back and forth by years: what is held, and for how long, stays right.
// RUN: %build_c -rdynamic -o %t
// RUN: env CONNSAN_OPTIONS=held=300ms %run %t 2>&1 | FileCheck %s
// CHECK-NOT: connection #1 held
// CHECK: jumped
// CHECK: connection #2 held {{[0-9]}}.{{[0-9]}} s (threshold 0.3 s)
// CHECK: connection #2 released after {{[0-9]}}.{{[0-9]}} s
// CHECK: SUMMARY: ConnectionSanitizer: 1 held
#define _GNU_SOURCE
#include <libpq-fe.h>
#include <stdio.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

static volatile int Jumps;

// Every other look at the time of day is ten years off.
int clock_gettime(clockid_t Clock, struct timespec *Time) {
  int Result = (int)syscall(SYS_clock_gettime, Clock, Time);
  if (Clock == CLOCK_REALTIME || Clock == CLOCK_REALTIME_COARSE)
    Time->tv_sec += __atomic_add_fetch(&Jumps, 1, __ATOMIC_RELAXED) % 2 ? 315360000 : -315360000;
  return Result;
}

int main(void) {
  PGconn *Conn = PQconnectdb("");
  usleep(10000);
  PQfinish(Conn);
  struct timespec Time;
  clock_gettime(CLOCK_REALTIME, &Time);
  fprintf(stderr, "jumped\n");
  Conn = PQconnectdb("");
  usleep(600000);
  PQfinish(Conn);
  return 0;
}
