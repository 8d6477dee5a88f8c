// A vfork'ed child runs in the parent's memory: its _exit must leave the parent's state alone.
// RUN: %build_c -o %t
// RUN: %run %t 2>&1 | FileCheck %s
// UNSUPPORTED: sanitized
// CHECK-NOT: ConnectionSanitizer
// CHECK: child is gone
// CHECK-NEXT: connection #1 open at exit
// CHECK-COUNT-1: SUMMARY
#define _DEFAULT_SOURCE
#include <libpq-fe.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

int main(void) {
  PQconnectdb("");
  pid_t Child = vfork();
  if (!Child)
    _exit(0);
  waitpid(Child, NULL, 0);
  fprintf(stderr, "child is gone\n");
  return 0;
}
