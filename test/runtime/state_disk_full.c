// No room is left for the state: the program is not disturbed and keeps its status, and what could be written is read.
// REQUIRES: mount
// RUN: %build_c -o %t
// RUN: rm -rf %t.dir && mkdir %t.dir
// RUN: env CONNSAN_OPTIONS=held=0:open_at_exit=off:state_path=%t.dir/app %with_mounts sh -c 'mount -t tmpfs -o size=8k none %t.dir && %run %t; echo status $?; ls %t.dir; %connsan report %t.dir' 2>&1 | FileCheck %s
// CHECK: the program ends
// CHECK: status 3
// CHECK-NEXT: {{^app\.[0-9]+\.state$}}
// CHECK-NOT: .new
// CHECK: 1 process (1 {{ended|gone without last words}})
#include <libpq-fe.h>
#include <stdio.h>
#include <unistd.h>

int main(void) {
  PGconn *Open[15];
  for (int I = 0; I < 15; ++I)
    Open[I] = PQconnectdb("");
  usleep(800000);
  for (int I = 0; I < 15; ++I)
    PQfinish(Open[I]);
  printf("the program ends\n");
  fflush(stdout);
  return 3;
}
