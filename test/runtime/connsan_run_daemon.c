// What still runs when the program has ended, as a daemon, keeps its state where it was, and connsan run says where that is.
// RUN: %build_c -o %t
// RUN: rm -rf %t.tmp && mkdir %t.tmp
// RUN: env TMPDIR=%t.tmp %connsan run %t 2>&1 | FileCheck %s
// RUN: sh -c '%connsan report --no-symbols %t.tmp/connsan-run.*' | FileCheck %s --check-prefix=DAEMON
// RUN: sh -c 'kill $(cat %t.tmp/daemon)'
// CHECK: connsan run: 1 process still running; what they hold: connsan report {{.*}}/connsan-run.
// CHECK: connsan run: 1 process (1 running): 1 connection open
// DAEMON: 1 process (1 running): 1 connection open
// UNSUPPORTED: sanitized
#include <libpq-fe.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

int main(void) {
  int Ready[2];
  if (pipe(Ready) != 0)
    return 1;
  if (fork() != 0) {
    char Byte;
    return read(Ready[0], &Byte, 1) != 1;
  }
  setsid();
  char Path[4096];
  snprintf(Path, sizeof Path, "%s/daemon", getenv("TMPDIR"));
  FILE *File = fopen(Path, "w");
  fprintf(File, "%d", (int)getpid());
  fclose(File);
  PQconnectdb("");
  usleep(600000);
  freopen("/dev/null", "w", stdout);
  freopen("/dev/null", "w", stderr);
  if (write(Ready[1], "x", 1) != 1)
    return 1;
  sleep(60);
  return 0;
}
