// Somebody removes the file of a running process: it is made again. When its folder is gone too, the process goes on
// without one.
// RUN: %build_c -o %t
// RUN: rm -rf %t.dir && mkdir -p %t.dir/kept
// RUN: env CONNSAN_OPTIONS=state_path=%t.dir/kept/app %run %t %t.dir/kept/app 2>%t.err | FileCheck %s
// CHECK: made again
// CHECK: still at work
#include "Inputs/wait_for_state.h"
#include <libpq-fe.h>

int main(int argc, char **argv) {
  const char *Prefix = argv[argc - 1];
  char Path[4096];
  snprintf(Path, sizeof Path, "%s.%d.state", Prefix, (int)getpid());
  PGconn *Conn = PQconnectdb("");
  waitForState(Prefix, "\"line\":\"connection\"");
  if (unlink(Path) != 0)
    return 1;
  waitForState(Prefix, "\"line\":\"connection\"");
  printf("made again\n");
  unlink(Path);
  char Folder[4096];
  snprintf(Folder, sizeof Folder, "%s", Prefix);
  *strrchr(Folder, '/') = 0;
  // The runtime may be making it again at this moment.
  for (int Tries = 0; rmdir(Folder) != 0 && Tries < 1000; ++Tries)
    unlink(Path);
  usleep(600000);
  PQclear(PQexec(Conn, "SELECT 1"));
  printf("still at work\n");
  PQfinish(Conn);
  return 0;
}
