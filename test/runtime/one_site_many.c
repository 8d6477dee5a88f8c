// A site is reported in full once and counted from then on; what it left open at exit is leaked.
// RUN: %build_c -o %t
// RUN: env CONNSAN_OPTIONS=held=200ms %run %t 2>&1 | FileCheck %s
#include <libpq-fe.h>
#include <unistd.h>

// Told in so many calls, the compiler would make as many sites of it.
static volatile int Count = 3;

int main(void) {
  for (int I = 0; I < Count; ++I)
    PQconnectdb("");
  usleep(700000);
  return 0;
}
// CHECK-COUNT-1: WARNING: ConnectionSanitizer: connection #1 held
// CHECK-NOT: WARNING
// CHECK: ERROR: ConnectionSanitizer: 3 connections (#1 #2 #3) leaked
// CHECK: {{^SUMMARY: ConnectionSanitizer: 3 held, 3 leaked$}}
