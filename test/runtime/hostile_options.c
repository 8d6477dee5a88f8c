// Whatever CONNSAN_OPTIONS holds, the program runs, what is said about it is short and printable, and a prefix with ../ in
// it makes new files where it leads and touches none that is there.
// RUN: %build_c -o %t
// RUN: rm -rf %t.dir && mkdir -p %t.dir/sub && echo precious > %t.dir/victim
// RUN: %run %t %t.dir > %t.out 2> %t.err
// RUN: FileCheck %s < %t.out
// RUN: FileCheck %s --check-prefix=ERR < %t.err
// RUN: not grep -a -P '[^\x20-\x7e]' %t.err
// RUN: awk 'length > 1100' %t.err | FileCheck %s --check-prefix=LONG --allow-empty
// RUN: cat %t.dir/victim | FileCheck %s --check-prefix=VICTIM
// RUN: cat %t.dir/up.* | FileCheck %s --check-prefix=UP
// CHECK-COUNT-14: ran 0
// ERR: unknown option 'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx...'
// ERR: option 'xxxx{{x+}}...' has no value
// ERR: cannot create the log /xxxx{{x+}}...
// ERR: bad value '-1' for option 'held'
// ERR: bad value '99999999999999999999s' for option 'held'
// ERR: bad value '9223372036854775807m' for option 'held'
// ERR: bad value '256' for option 'exitcode'
// ERR: bad value '-1' for option 'stack_depth'
// ERR: unknown option '?[31m?'
// ERR: the quote in option 'log_path' is not closed
// LONG-NOT: {{.}}
// VICTIM: {{^precious$}}
// VICTIM-NOT: {{.}}
// UP: SUMMARY: ConnectionSanitizer: 1 leaked
#include <libpq-fe.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

// In a process of its own, since options are read once. An option list of this size can only be set from inside.
static void with(const char *Options) {
  fflush(stdout);
  pid_t Child = fork();
  if (!Child) {
    setenv("CONNSAN_OPTIONS", Options, 1);
    PQconnectdb("host=/nonexistent");
    exit(0);
  }
  int Status = 1;
  waitpid(Child, &Status, 0);
  printf("ran %d\n", Status);
}

int main(int argc, char **argv) {
  if (argc < 2)
    return 1;
  enum { Size = 1 << 20 };
  char *Long = malloc(Size + 1);
  memset(Long, 'x', Size);
  Long[Size] = 0;
  Long[Size / 2] = '=';
  with(Long);
  Long[Size / 2] = 'x';
  with(Long);
  for (int I = 0; I < Size; ++I)
    Long[I] = "a=1:"[I % 4];
  with(Long);
  memset(Long, ':', Size);
  with(Long);
  memset(Long, 'x', Size);
  memcpy(Long, "log_path=/", 10);
  with(Long);
  with("held=-1");
  with("held=99999999999999999999s");
  with("held=9223372036854775807m");
  with("exitcode=256");
  with("stack_depth=-1");
  with("\033[31m\xff=1");
  with("log_path=\"/tmp");
  with("=:==:=x:\"");
  char Up[4096];
  snprintf(Up, sizeof Up, "log_path=%s/sub/../up:open_at_exit=leak", argv[1]);
  pid_t Child = fork();
  if (!Child) {
    setenv("CONNSAN_OPTIONS", Up, 1);
    exit(PQstatus(PQconnectdb("")));
  }
  int Status = 1;
  waitpid(Child, &Status, 0);
  printf("ran %d\n", Status);
  return 0;
}
