// A state that cannot be created is said in one line, and the program runs as it would.
// RUN: %build_c -o %t
// RUN: env CONNSAN_OPTIONS=state_path=%t.missing/app %run %t 2>&1 | FileCheck %s
// CHECK: ConnectionSanitizer: cannot create the state file {{.*}}.missing/app.{{[0-9]+}}.state: No such file or directory
// CHECK-NOT: state file
// CHECK: done
#include <libpq-fe.h>
#include <stdio.h>
#include <unistd.h>

int main(void) {
  PGconn *Conn = PQconnectdb("");
  usleep(100000);
  PQfinish(Conn);
  printf("done\n");
  return 0;
}
