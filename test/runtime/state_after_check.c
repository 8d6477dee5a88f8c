// A check in the middle tells of what is open: what a rule withholds then stays in the state as long as it is open, and is
// not in the last words.
// RUN: %build_c -I%include -o %t
// RUN: rm -rf %t.dir && mkdir %t.dir
// RUN: echo 'leak:application_name=listener' >%t.rules
// RUN: env CONNSAN_OPTIONS=suppressions=%t.rules:state_path=%t.dir/app not --crash %run %t %t.dir/app kill 2>%t.err
// RUN: %connsan report --no-symbols %t.dir | FileCheck %s
// RUN: rm %t.dir/*
// RUN: env CONNSAN_OPTIONS=suppressions=%t.rules:state_path=%t.dir/app %run %t %t.dir/app 2>%t.err
// RUN: %connsan report --no-symbols %t.dir | FileCheck %s --check-prefix=ENDED
// CHECK: 1 process (1 gone without last words): 2 connections open, 1 leaked
// ENDED: 1 process (1 ended): 1 connection open, 1 leaked
#include "Inputs/wait_for_state.h"
#include <connsan/connsan.h>
#include <libpq-fe.h>
#include <signal.h>

int main(int argc, char **argv) {
  PQconnectdb("application_name=forgotten");
  PQconnectdb("application_name=listener");
  if (connsan_check() != 1)
    return 1;
  waitForState(argv[1], "\"leaked\":\"open_at_check\"");
  usleep(600000);
  if (argc > 2)
    raise(SIGKILL);
  return 0;
}
