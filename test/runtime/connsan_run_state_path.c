// A place for the states that the user names is used, and what is there afterwards is his; older files in it are not
// reported on again.
// RUN: %build_c -o %t
// RUN: rm -rf %t.dir && mkdir %t.dir
// RUN: %connsan run --state-path=%t.dir/app %t 2>&1 | FileCheck %s
// RUN: env CONNSAN_OPTIONS=state_path=%t.dir/app %connsan run %t 2>&1 | FileCheck %s
// RUN: ls %t.dir | count 2
// RUN: %connsan report %t.dir | FileCheck %s --check-prefix=BOTH
// UNSUPPORTED: sanitized
// CHECK: connsan run: 1 process (1 ended): 1 connection open
// BOTH: 2 processes (2 ended): 2 connections open
#include <libpq-fe.h>

int main(void) {
  PQconnectdb("");
  return 0;
}
