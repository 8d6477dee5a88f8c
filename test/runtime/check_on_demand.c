// A test suite asks after each test whether something is open that was not before; what is known or in a pool does not
// count again.
// RUN: %build_c -I%include -o %t
// RUN: env CONNSAN_OPTIONS=exitcode=9 not %run %t 2>&1 | FileCheck %s
// RUN: %t 2>&1 | FileCheck %s --check-prefix=WITHOUT
#include <connsan/connsan.h>
#include <libpq-fe.h>
#include <stdio.h>

static __attribute__((noinline)) PGconn *leak(int Count) {
  PGconn *Last = NULL;
  for (int I = 0; I < Count; ++I)
    Last = PQconnectdb("");
  return Last;
}

int main(int Count, char **Arguments) {
  (void)Arguments;
  fprintf(stderr, "before the first connect: %d\n", connsan_check());
  PGconn *Pooled = PQconnectdb("");
  connsan_check_out(Pooled, Pooled, "pool");
  connsan_check_in(Pooled);
  PQfinish(PQconnectdb(""));
  fprintf(stderr, "good test: %d\n", connsan_check());
  PGconn *Late = leak(Count + 1);
  fprintf(stderr, "bad test: %d\n", connsan_check());
  fprintf(stderr, "good again: %d\n", connsan_check());
  connsan_check_out(Pooled, Pooled, "pool");
  fprintf(stderr, "lease: %d\n", connsan_check());
  PQfinish(Late);
  return 0;
}
// CHECK: before the first connect: 0
// CHECK-NEXT: good test: 0
// CHECK-NEXT: ERROR: ConnectionSanitizer: 2 connections (#4 #5) leaked: open at a check that the program asked for, the first held
// CHECK: bad test: 2
// CHECK-NEXT: good again: 0
// CHECK-NEXT: ERROR: ConnectionSanitizer: lease #6 of pool pool leaked: open at a check
// CHECK: lease: 1
// CHECK-NEXT: connection #5 released after
// CHECK: INFO: ConnectionSanitizer: connection #1 open at exit
// CHECK: {{^SUMMARY: ConnectionSanitizer: 3 leaked, 1 open at exit$}}

// WITHOUT: before the first connect: 0
// WITHOUT-NEXT: good test: 0
// WITHOUT-NEXT: bad test: 0
// WITHOUT-NEXT: good again: 0
// WITHOUT-NEXT: lease: 0
// WITHOUT-NOT: {{.}}
