// The state meets the limit on the size of files: no signal reaches the program.
// RUN: %build_c -o %t
// RUN: rm -rf %t.dir && mkdir %t.dir
// RUN: env CONNSAN_OPTIONS=state_path=%t.dir/app %run %t 2>%t.err | FileCheck %s
// CHECK: no signal
#include <libpq-fe.h>
#include <stdio.h>
#include <sys/resource.h>
#include <unistd.h>

int main(void) {
  struct rlimit Small = {4096, 4096};
  if (setrlimit(RLIMIT_FSIZE, &Small) != 0)
    return 1;
  PGconn *Open[12];
  for (int I = 0; I < 12; ++I)
    Open[I] = PQconnectdb("");
  usleep(600000);
  for (int I = 0; I < 12; ++I)
    PQfinish(Open[I]);
  printf("no signal\n");
  return 0;
}
