// The log is a new file of our own: a link that lies in wait is not followed, an older file is not touched, and a
// directory that cannot be written leaves standard error.
// RUN: rm -rf %t.dir && mkdir %t.dir && echo precious > %t.dir/victim
// RUN: %build_c -o %t
// RUN: env CONNSAN_OPTIONS=log_path=%t.dir/log %run %t %t.dir
// RUN: cat %t.dir/victim | FileCheck %s
// RUN: cat %t.dir/log.*.1 | FileCheck %s --check-prefix=LOG
// RUN: env CONNSAN_OPTIONS=log_path=%t.dir/none/log %run %t 2>&1 | FileCheck %s --check-prefix=ERR
// CHECK: {{^precious$}}
// CHECK-NOT: {{.}}
// LOG: 1 open at exit
// ERR: ConnectionSanitizer: cannot create the log {{.*}}none/log.{{[0-9]+}}: No such file or directory
// ERR: 1 open at exit
#include <libpq-fe.h>
#include <stdio.h>
#include <unistd.h>

int main(int argc, char **argv) {
  if (argc > 1) {
    char Link[4096], Victim[4096];
    snprintf(Link, sizeof Link, "%s/log.%d", argv[1], getpid());
    snprintf(Victim, sizeof Victim, "%s/victim", argv[1]);
    if (symlink(Victim, Link))
      return 1;
  }
  return PQstatus(PQconnectdb(""));
}
