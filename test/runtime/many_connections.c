// 100000 connections are open at once: connecting, using and finishing takes as long as with few, and the report is short.
// RUN: %build_fake
// RUN: env CONNSAN_OPTIONS=held=100ms %run %t > %t.out 2> %t.err
// RUN: FileCheck %s < %t.out
// RUN: FileCheck %s --check-prefix=ERR < %t.err
// RUN: wc -l < %t.err | FileCheck %s --check-prefix=LINES
// CHECK: finished 99000, time bounded 1
// ERR: connection #1 held
// ERR: 1000 connections (#{{.*}} and {{[0-9]+}} more) leaked
// ERR: SUMMARY: ConnectionSanitizer: 100000 held, 1000 leaked
// LINES: {{^[1-3]?[0-9]$}}
#include <libpq-fe.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

static double seconds(void) {
  struct timespec Time;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &Time);
  return (double)Time.tv_sec + (double)Time.tv_nsec / 1e9;
}

int main(void) {
  enum { Count = 100000, Kept = 1000 };
  static PGconn *All[Count];
  double Begin = seconds();
  for (int I = 0; I < Count; ++I)
    All[I] = PQconnectdb("");
  for (int I = 0; I < Count; ++I)
    PQexec(All[I], "");
  double Opened = seconds();
  usleep(500000);
  double Middle = seconds();
  int Finished = 0;
  for (int I = Kept; I < Count; ++I, ++Finished)
    PQfinish(All[I]);
  // A hundred times what it is, and far below what anything that is not O(1) would be.
  printf("finished %d, time bounded %d\n", Finished, Opened - Begin + seconds() - Middle < 60);
  return 0;
}
