// The child of a fork keeps a state of its own, in which nothing of its parent's is, and leaves the parent's alone.
// RUN: %build_c -o %t
// RUN: rm -rf %t.dir && mkdir %t.dir
// RUN: env CONNSAN_OPTIONS=state_path=%t.dir/app not --crash %run %t %t.dir/app 2>%t.err
// RUN: ls %t.dir | count 2
// RUN: %connsan report %t.dir | FileCheck %s
#include "Inputs/wait_for_state.h"
#include <libpq-fe.h>
#include <signal.h>
#include <sys/wait.h>

static __attribute__((noinline)) PGconn *byParent(void) {
  return PQconnectdb("");
}
static __attribute__((noinline)) PGconn *byChild(void) {
  return PQconnectdb("");
}

int main(int argc, char **argv) {
  const char *Prefix = argv[argc - 1];
  byParent();
  waitForState(Prefix, "\"line\":\"connection\"");
  pid_t Child = fork();
  if (Child == 0) {
    byChild();
    waitForState(Prefix, "\"line\":\"connection\"");
    raise(SIGKILL);
  }
  waitpid(Child, NULL, 0);
  byParent();
  waitForState(Prefix, "\"id\":2");
  raise(SIGKILL);
}
// CHECK: 2 processes (2 gone without last words): 3 connections open
// CHECK-DAG: 1 0 0 1 0 {{[0-9.]+}} s 1 byChild
// CHECK-DAG: 1 0 0 1 0 {{[0-9.]+}} s 1 byParent
// CHECK-DAG: 1 0 0 1 0 {{[0-9.]+}} s 1 byParent
