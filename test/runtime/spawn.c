// posix_spawn, system and popen beside an open connection: their children end as they should and say nothing of it.
// RUN: %build_c -o %t
// RUN: env CONNSAN_OPTIONS=open_at_exit=leak:exitcode=9 sh -c '%run %t; echo status $?' 2>&1 | FileCheck %s
// CHECK-NOT: ConnectionSanitizer
// CHECK: spawned 7, system 5, popen hello
// CHECK-NEXT: connection #1 leaked
// CHECK-COUNT-1: SUMMARY
// CHECK: status 9
#define _GNU_SOURCE
#include <libpq-fe.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

int main(void) {
  PQconnectdb("");
  char *Arguments[] = {"sh", "-c", "exit 7", NULL};
  pid_t Child;
  int Status;
  if (posix_spawn(&Child, "/bin/sh", NULL, NULL, Arguments, environ))
    return 1;
  waitpid(Child, &Status, 0);
  char Line[32] = "";
  FILE *Pipe = popen("echo hello", "r");
  if (!fgets(Line, sizeof Line, Pipe))
    return 1;
  pclose(Pipe);
  int Spawned = WEXITSTATUS(Status);
  Status = system("exit 5");
  fprintf(stderr, "spawned %d, system %d, popen %s", Spawned, WEXITSTATUS(Status), Line);
  return 0;
}
