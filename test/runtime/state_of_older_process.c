// The file of an older process with the same number is left alone, and so is whatever a link of that name leads to.
// RUN: %build_c -o %t
// RUN: rm -rf %t.dir && mkdir %t.dir && echo precious >%t.dir/precious
// RUN: env CONNSAN_OPTIONS=state_path=%t.dir/app %run %t %t.dir/app 2>%t.err
// RUN: ls %t.dir | FileCheck %s
// RUN: FileCheck %s --check-prefix=OLD --input-file=%t.dir/precious
// CHECK: app.[[PID:[0-9]+]].1.state
// CHECK: app.[[PID]].state
// OLD: {{^precious$}}
#include <libpq-fe.h>
#include <stdio.h>
#include <unistd.h>

int main(int argc, char **argv) {
  char Path[4096], Target[4096];
  snprintf(Path, sizeof Path, "%s.%d.state", argv[argc - 1], (int)getpid());
  snprintf(Target, sizeof Target, "precious");
  if (symlink(Target, Path) != 0)
    return 1;
  PQfinish(PQconnectdb(""));
  return 0;
}
