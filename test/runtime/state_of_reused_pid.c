// The same process id again and again, as in a container: each process keeps its file, also beyond a hundred.
// RUN: %build_c -o %t
// RUN: rm -rf %t.dir && mkdir %t.dir
// RUN: env CONNSAN_OPTIONS=state_path=%t.dir/app:log_path=%t.dir/app %run %t %t.dir/app 2>%t.err
// RUN: ls %t.dir | grep -c '[.]state$' | FileCheck %s
// RUN: ls %t.dir | grep -c 'jsonl$' | FileCheck %s
// RUN: ls -s %t.dir | FileCheck %s --check-prefix=LAST
// CHECK: {{^101$}}
// LAST: {{[1-9][0-9]* app.[0-9]+.1[0-9]{12}.state}}
#include <fcntl.h>
#include <libpq-fe.h>
#include <stdio.h>
#include <unistd.h>

static void leave(const char *Prefix, int Number, const char *Ending) {
  char Path[4096], Infix[16] = "";
  if (Number)
    snprintf(Infix, sizeof Infix, ".%d", Number);
  snprintf(Path, sizeof Path, "%s.%d%s%s", Prefix, (int)getpid(), Infix, Ending);
  close(open(Path, O_WRONLY | O_CREAT, 0600));
}

int main(int argc, char **argv) {
  for (int I = 0; I < 100; ++I) {
    leave(argv[argc - 1], I, ".state");
    leave(argv[argc - 1], I, ".jsonl");
    leave(argv[argc - 1], I, "");
  }
  PQfinish(PQconnectdb(""));
  return 0;
}
