// The runtime stands twice in LD_PRELOAD, or a copy of it under another name as well: one of them works, nothing is counted
// or said twice.
// RUN: %build_c -o %t
// RUN: cp %runtime_lib %t.copy.so
// RUN: env CONNSAN_OPTIONS=held=50ms timeout 60 env LD_PRELOAD=%runtime_lib:%runtime_lib %t 2>&1 | FileCheck %s
// RUN: env CONNSAN_OPTIONS=held=50ms timeout 60 env LD_PRELOAD=%runtime_lib:%t.copy.so %t 2>&1 | FileCheck %s
// RUN: env CONNSAN_OPTIONS=held=50ms LD_PRELOAD=%t.copy.so:%runtime_lib timeout 60 %t 2>&1 | FileCheck %s
// UNSUPPORTED: sanitized
// The preload list is the test's own, without the sanitizer's library.
// CHECK-NOT: connection #2
// CHECK-DAG: connection #1 held
// CHECK-DAG: #0 PQconnectdb libpq.so.5
// CHECK-DAG: #1 main {{.*}}preloaded_twice.c:
// CHECK-DAG: threads 2, rows 1
// CHECK-NOT: SUMMARY
// CHECK: connection #1 released after
// CHECK-NEXT: connection #2 open at exit
// CHECK-NOT: connection #
// CHECK: SUMMARY: ConnectionSanitizer: 1 held, 1 open at exit
// CHECK-NOT: {{.}}
#include <dirent.h>
#include <libpq-fe.h>
#include <stdio.h>
#include <unistd.h>

int main(void) {
  PGconn *Conn = PQconnectdb("");
  usleep(300000);
  PGresult *Result = PQexec(Conn, "SELECT 1");
  int Threads = 0;
  DIR *Tasks = opendir("/proc/self/task");
  for (struct dirent *Entry; (Entry = readdir(Tasks));)
    Threads += Entry->d_name[0] != '.';
  closedir(Tasks);
  fprintf(stderr, "threads %d, rows %d\n", Threads, PQntuples(Result));
  PQclear(Result);
  PQfinish(Conn);
  PQconnectdb("");
  _exit(0);
}
