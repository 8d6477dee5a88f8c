// The file system of the log has no room left: the program is not disturbed and keeps its status, and what was written
// before is there.
// REQUIRES: mount
// RUN: %build_c -o %t
// RUN: rm -rf %t.dir && mkdir %t.dir
// RUN: env CONNSAN_OPTIONS=held=20ms:log_path=%t.dir/log %with_mounts sh -c 'mount -t tmpfs -o size=8k none %t.dir && %run %t; echo status $?; wc -c %t.dir/log.*; cat %t.dir/log.*[0-9]' 2>&1 | FileCheck %s
// CHECK: the program ends
// CHECK: status 3
// CHECK: 8192 total
// CHECK: connection #1 held
// CHECK-NOT: SUMMARY
#include <libpq-fe.h>
#include <stdio.h>
#include <unistd.h>

int main(void) {
  // Each from a place of its own, so that each is a report of its own.
#define CONNECT PQconnectdb("application_name=one_with_a_long_name_that_takes_room")
  CONNECT; CONNECT; CONNECT; CONNECT; CONNECT; CONNECT; CONNECT; CONNECT; CONNECT; CONNECT;
  usleep(300000);
  printf("the program ends\n");
  fflush(stdout);
  return 3;
}
