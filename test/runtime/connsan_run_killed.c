// However the program ends, connsan run tells what it left open, and ends as it did.
// RUN: %build_c -o %t
// RUN: rm -rf %t.tmp && mkdir %t.tmp
// RUN: env TMPDIR=%t.tmp not --crash %connsan run %t 9 >%t.out 2>&1
// RUN: FileCheck %s <%t.out
// RUN: env TMPDIR=%t.tmp not --crash %connsan run %t 6 2>&1 | FileCheck %s
// RUN: env TMPDIR=%t.tmp not --crash %connsan run --no-report %t 9 2>&1 | FileCheck %s --check-prefix=QUIET --allow-empty
// RUN: sh -c 'TMPDIR=%t.tmp %connsan run %t 9; echo status $?' 2>/dev/null | FileCheck %s --check-prefix=STATUS
// RUN: ls %t.tmp | count 0
// UNSUPPORTED: sanitized
// CHECK: connsan run: 1 process (1 gone without last words): 1 connection open
// CHECK: #1 take {{.*}}connsan_run_killed.c:22
// CHECK: SELECT * FROM pg_stat_activity WHERE pid =
// QUIET-NOT: connsan run
// STATUS: status 137
#include <libpq-fe.h>
#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

static __attribute__((noinline)) PGconn *take(void) {
  return PQconnectdb("");
}

int main(int argc, char **argv) {
  take();
  usleep(800000);
  signal(SIGABRT, SIG_DFL);
  raise(atoi(argv[argc - 1]));
}
