// A program that is built with AddressSanitizer runs under `connsan run`, itself or from a script, and keeps its options.
// RUN: %cc -g -fsanitize=address %libpq_flags -x c %s -o %t -lpq
// RUN: %connsan run -- %t 2>&1 | FileCheck %s
// RUN: %connsan run -- sh -c '%t; exit $?' 2>&1 | FileCheck %s
// RUN: env ASAN_OPTIONS=exitcode=77 not %connsan run -- %t overrun 2>&1 | FileCheck %s --check-prefix=FOUND
// RUN: env ASAN_OPTIONS=exitcode=77 %python -c "import subprocess, sys; sys.exit(subprocess.run(sys.argv[1:]).returncode != 77)" %connsan run -- %t overrun
// UNSUPPORTED: sanitized
#include <libpq-fe.h>
#include <stdlib.h>

int main(int Count, char **Arguments) {
  (void)Arguments;
  PGconn *Conn = PQconnectdb("");
  PQclear(PQexec(Conn, "SELECT 1"));
  char *Text = malloc(10);
  if (Count > 1)
    Text[10] = 1;
  free(Text);
  return 0;
}
// CHECK: INFO: ConnectionSanitizer: connection #1 open at exit
// CHECK: main {{.*}}connsan_run_sanitized.c:[[#]]
// FOUND: AddressSanitizer: heap-buffer-overflow
