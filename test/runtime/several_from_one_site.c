// Several left open by one site are a leak even before any threshold.
// RUN: %build_c -o %t
// RUN: %run %t 2>&1 | FileCheck %s
#include <libpq-fe.h>

// Told in so many calls, the compiler would make as many sites of it.
static volatile int Count = 2;

int main(void) {
  for (int I = 0; I < Count; ++I)
    PQconnectdb("");
  PQconnectdb("");
  return 0;
}
// CHECK: ERROR: ConnectionSanitizer: 2 connections (#1 #2) leaked: left open at exit by one site
// CHECK: INFO: ConnectionSanitizer: connection #3 open at exit
// CHECK: {{^SUMMARY: ConnectionSanitizer: 2 leaked, 1 open at exit$}}
