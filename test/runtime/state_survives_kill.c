// What is open when the process is killed is in the file of its state, and connsan report says who holds it: where it
// was taken and used last, since when, and how often the place has released what it took.
// RUN: %build_c -o %t
// RUN: rm -rf %t.dir && mkdir %t.dir
// RUN: env CONNSAN_OPTIONS=held=300ms:state_path=%t.dir/app not --crash %run %t %t.dir/app 2>%t.err
// RUN: %connsan report %t.dir | FileCheck %s
// RUN: sh -c '! grep -rF "$PGPASSWORD" %t.dir'
#include "Inputs/wait_for_state.h"
#include <libpq-fe.h>
#include <signal.h>

static __attribute__((noinline)) PGconn *take(void) {
  return PQconnectdb("application_name=worker");
}

static __attribute__((noinline)) void work(PGconn *Conn) {
  PQclear(PQexec(Conn, "BEGIN"));
}

int main(int argc, char **argv) {
  const char *Prefix = argv[argc - 1];
  PGconn *Held = take();
  work(Held);
  for (int I = 0; I < 5; ++I)
    PQfinish(PQconnectdb("application_name=short"));
  waitForState(Prefix, "\"held\":true");
  waitForState(Prefix, "\"released\":5");
  raise(SIGKILL);
}
// CHECK: 1 process (1 gone without last words): 1 connection open, 1 held too long
// CHECK: site open held leaked acquired released longest processes taken at
// CHECK-NEXT: 1 1 1 0 1 0 {{[0-9.]+}} s 1 take {{.*}}state_survives_kill.c:13 < main {{.*}}state_survives_kill.c:22
// CHECK-NEXT: 1 site with nothing open; --all-sites lists them too
// CHECK: site 1: 1 connection open, seen from {{20.*}} UTC to {{20.*}} UTC
// CHECK-NEXT: {{^     #0 PQconnectdb$}}
// CHECK-NEXT: {{^     #1 take .*state_survives_kill.c:13$}}
// CHECK-NEXT: {{^     #2 main .*state_survives_kill.c:22$}}
// CHECK-NEXT: process [[PID:[0-9]+]] {{.*}}state_survives_kill.c.tmp on {{.*}}, gone without last words, last seen at 20{{.*}} UTC
// CHECK-NEXT: connection #1 held {{[0-9.]+}} s, idle in transaction {{[0-9.]+}} s, by thread [[PID]]
// CHECK-NEXT: db=postgres user={{.*}} host=localhost port={{[0-9]+}} local_port={{[0-9]+}} backend_pid=[[BACKEND:[0-9]+]] application_name=worker
// CHECK-NEXT: last used {{[0-9.]+}} s before by:
// CHECK-NEXT: {{^         #0 PQexec$}}
// CHECK-NEXT: {{^         #1 work .*state_survives_kill.c:17$}}
// CHECK-NEXT: {{^         #2 main .*state_survives_kill.c:23$}}
// CHECK-NEXT: look at it on the server: SELECT * FROM pg_stat_activity WHERE pid = [[BACKEND]];
