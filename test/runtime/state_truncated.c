// Somebody cuts the file of a running process, as a rotation of logs does: the process is not disturbed, and the file is
// written anew.
// RUN: %build_c -o %t
// RUN: rm -rf %t.dir && mkdir %t.dir
// RUN: env CONNSAN_OPTIONS=state_path=%t.dir/app not --crash %run %t %t.dir/app 2>%t.err
// RUN: ls %t.dir | count 1
// RUN: %connsan report %t.dir | FileCheck %s
// CHECK: 1 process (1 gone without last words): 2 connections open
#include "Inputs/wait_for_state.h"
#include <libpq-fe.h>
#include <signal.h>

int main(int argc, char **argv) {
  const char *Prefix = argv[argc - 1];
  char Path[4096];
  snprintf(Path, sizeof Path, "%s.%d.state", Prefix, (int)getpid());
  PQconnectdb("");
  waitForState(Prefix, "\"line\":\"connection\"");
  if (truncate(Path, 0) != 0)
    return 1;
  PQconnectdb("");
  waitForState(Prefix, "\"connsan_state\"");
  waitForState(Prefix, "\"id\":1");
  waitForState(Prefix, "\"id\":2");
  if (truncate(Path, 700) != 0)
    return 1;
  waitForState(Prefix, "\"id\":1");
  waitForState(Prefix, "\"id\":2");
  raise(SIGKILL);
}
