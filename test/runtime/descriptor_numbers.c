// A program gets the same descriptors with us as without, before and after a connect and while a log is open: with room
// for many, and with room for few.
// RUN: %build_c -o %t
// RUN: rm -rf %t.dir && mkdir %t.dir
// RUN: %t > %t.bare
// RUN: env CONNSAN_OPTIONS=log_path=%t.dir/log %run %t > %t.preloaded
// RUN: diff %t.bare %t.preloaded
// RUN: sh -c 'ulimit -n 64; %t' > %t.bare
// RUN: env CONNSAN_OPTIONS=log_path=%t.dir/few sh -c 'ulimit -n 64; %run %t' > %t.preloaded
// RUN: diff %t.bare %t.preloaded
// RUN: cat %t.dir/log.* | FileCheck %s
// RUN: cat %t.dir/few.* | FileCheck %s
// CHECK: 1 open at exit
#include <fcntl.h>
#include <libpq-fe.h>
#include <stdio.h>
#include <unistd.h>

static void show(const char *When) {
  int Ends[2], File = open("/dev/null", O_RDONLY);
  if (pipe(Ends))
    return;
  printf("%s: %d %d %d\n", When, File, Ends[0], Ends[1]);
  close(File);
  close(Ends[0]);
  close(Ends[1]);
}

int main(void) {
  show("before");
  PQfinish(PQconnectdb(""));
  show("after");
  printf("socket %d\n", PQsocket(PQconnectdb("")));
  show("open");
  return 0;
}
