// A program that runs with raised rights (AT_SECURE) and has us loaded all the same: calls are forwarded, and nothing is
// read from the environment, written, started or reported.
// RUN: %build_c -rdynamic -o %t
// RUN: rm -rf %t.dir && mkdir %t.dir
// RUN: env CONNSAN_OPTIONS=help=1:verbosity=1:nonsense=1:held=10ms:open_at_exit=leak:exitcode=9:log_path=%t.dir/log %run %t > %t.out 2>&1
// RUN: FileCheck %s < %t.out
// RUN: ls -A %t.dir | FileCheck %s --check-prefix=NONE --allow-empty
// CHECK: {{^connected 1, threads 1$}}
// CHECK-NOT: {{.}}
// NONE-NOT: {{.}}
#include <dirent.h>
#include <libpq-fe.h>
#include <stdio.h>
#include <sys/auxv.h>
#include <unistd.h>

// What the kernel says of a set-id program; the runtime has no other way to know.
unsigned long getauxval(unsigned long Type) { return Type == AT_SECURE; }

int main(void) {
  PGconn *Conn = PQconnectdb("");
  PQclear(PQexec(Conn, "BEGIN"));
  usleep(100000);
  int Threads = 0;
  DIR *Tasks = opendir("/proc/self/task");
  for (struct dirent *Entry; (Entry = readdir(Tasks));)
    Threads += Entry->d_name[0] != '.';
  printf("connected %d, threads %d\n", PQstatus(Conn) == CONNECTION_OK, Threads);
  PQfinish(PQconnectdb("host=/nonexistent"));
  return 0;
}
