// A server that forks its workers: each process that connects has a log of its own, the others have none.
// RUN: %build_c -o %t
// RUN: rm -rf %t.dir && mkdir %t.dir
// RUN: env CONNSAN_OPTIONS=log_path=%t.dir/log %run %t > %t.out
// RUN: ls %t.dir | wc -l | FileCheck %s
// RUN: sh -c 'cat %t.dir/log.*[0-9]' | grep -c 'ConnectionSanitizer: connection' | FileCheck %s --check-prefix=LINES
// RUN: sh -c 'for file in %t.dir/*.jsonl; do grep -L "\"pid\":$(basename $file .jsonl | sed s/log.//)," $file; done' | FileCheck %s --check-prefix=FOREIGN --allow-empty
// CHECK: {{^8$}}
// LINES: {{^4$}}
// FOREIGN-NOT: {{.}}
#include <libpq-fe.h>
#include <sys/wait.h>
#include <unistd.h>

int main(void) {
  PQconnectdb("application_name=parent");
  for (int Worker = 0; Worker < 6; ++Worker)
    if (!fork()) {
      // Half of them have nothing to do.
      if (Worker % 2)
        PQconnectdb("application_name=worker");
      return 0;
    }
  while (wait(NULL) > 0)
    ;
  return 0;
}
