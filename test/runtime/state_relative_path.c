// A path that is relative is so to where the process first connects, also when the file is begun anew elsewhere.
// RUN: %build_c -o %t
// RUN: rm -rf %t.dir && mkdir %t.dir
// RUN: cd %t.dir && env CONNSAN_OPTIONS=state_path=app %run %t %t.dir/app 2>%t.err
// RUN: ls %t.dir | count 1
#include "Inputs/wait_for_state.h"
#include <libpq-fe.h>

int main(int argc, char **argv) {
  const char *Prefix = argv[argc - 1];
  char Path[4096];
  snprintf(Path, sizeof Path, "%s.%d.state", Prefix, (int)getpid());
  PGconn *Conn = PQconnectdb("");
  waitForState(Prefix, "\"line\":\"connection\"");
  if (chdir("/") != 0 || unlink(Path) != 0)
    return 1;
  waitForState(Prefix, "\"line\":\"connection\"");
  PQfinish(Conn);
  return 0;
}
