// A program closes all its descriptors, as daemons do, and opens files of its own: nothing of the state gets into those,
// and the state is kept on.
// RUN: %build_c -o %t
// RUN: rm -rf %t.dir && mkdir %t.dir
// RUN: env CONNSAN_OPTIONS=state_path=%t.dir/app not --crash %run %t %t.dir/app %t.own 2>%t.err
// RUN: wc -c <%t.own | FileCheck %s --check-prefix=OWN
// RUN: %connsan report %t.dir | FileCheck %s
// OWN: {{^0$}}
// CHECK: 1 process (1 gone without last words): 2 connections open
#include "Inputs/wait_for_state.h"
#include <fcntl.h>
#include <libpq-fe.h>
#include <signal.h>

int main(int argc, char **argv) {
  const char *Prefix = argv[1], *Own = argv[argc - 1];
  PGconn *Conn = PQconnectdb("");
  waitForState(Prefix, "\"line\":\"connection\"");
  for (int D = 0; D < 1024; ++D)
    if (D != PQsocket(Conn))
      close(D);
  for (int I = 0; I < 500; ++I)
    open(Own, O_RDWR | O_CREAT, 0600);
  PQconnectdb("");
  waitForState(Prefix, "\"id\":2");
  raise(SIGKILL);
}
