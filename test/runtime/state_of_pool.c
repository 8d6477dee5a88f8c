// A pool that tells of its leases: the state has who has a connection checked out, and whose it is.
// RUN: %build_c -I%include -o %t
// RUN: rm -rf %t.dir && mkdir %t.dir
// RUN: env CONNSAN_OPTIONS=held=200ms:state_path=%t.dir/app not --crash %run %t %t.dir/app 2>%t.err
// RUN: %connsan report %t.dir | FileCheck %s
// RUN: %connsan report --no-symbols --json %t.dir | FileCheck %s --check-prefix=SAMPLES
// SAMPLES: "timeline":{{.*}}{{[0-9]+}},0,0,1,0,0,0,0]]
#include "Inputs/wait_for_state.h"
#include <connsan/connsan.h>
#include <libpq-fe.h>
#include <signal.h>

static __attribute__((noinline)) void checkOut(PGconn *Conn) {
  connsan_check_out(Conn, Conn, "orders");
  usleep(1);
}

int main(int argc, char **argv) {
  PGconn *Conn = PQconnectdb("");
  connsan_pooled(Conn, "orders");
  checkOut(Conn);
  connsan_check_in(Conn);
  checkOut(Conn);
  waitForState(argv[argc - 1], "\"held\":true");
  raise(SIGKILL);
}
// CHECK: 1 connection open, 1 lease out, 1 held too long
// CHECK: 1 1 1 0 1 0 {{[0-9.]+}} s 1 checkOut {{.*}} < main {{.*}}:[[# @LINE - 5]] (lease)
// CHECK: #0 connsan_check_out
// CHECK: lease #3 of connection #1 held
// CHECK: pool=orders
