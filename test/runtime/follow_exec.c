// follow_exec=0 takes the runtime, and nothing else, out of the LD_PRELOAD of whatever the program starts, in all the
// ways there are. The program itself is observed; a connection of what it starts is not. An environment that the
// program puts together itself is its own affair.
// RUN: %build_c -o %t
// RUN: %cc -shared -x c /dev/null -o %t.one.so && %cc -shared -x c /dev/null -o %t.two.so
// RUN: env CONNSAN_OPTIONS=follow_exec=0 LD_PRELOAD=%t.one.so:%runtime_lib:%t.two.so %t all > %t.0 2>&1
// RUN: FileCheck %s -DT=%t < %t.0
// RUN: env CONNSAN_OPTIONS=follow_exec=0 LD_PRELOAD=%runtime_lib %t all > %t.none 2>&1
// RUN: FileCheck %s --check-prefix=NONE < %t.none
// RUN: env LD_PRELOAD="%t.one.so %runtime_lib" %t all > %t.1 2>&1
// RUN: FileCheck %s --check-prefix=KEPT -DT=%t -DRT=%runtime_lib < %t.1
// UNSUPPORTED: sanitized

// CHECK: getenv: [[T]].one.so:[[T]].two.so
// CHECK-COUNT-15: {{^}}[[T]].one.so:[[T]].two.so, runtime not loaded{{$}}
// CHECK-NOT: {{^}}[[T]].one
// CHECK: own: /nowhere/libconnsan_rt.so
// CHECK: open at exit
// CHECK: SUMMARY: ConnectionSanitizer: 1 open at exit
// CHECK-NOT: SUMMARY

// NONE: getenv: (null)
// NONE-COUNT-15: {{^}}unset, runtime not loaded{{$}}
// NONE: own: /nowhere/libconnsan_rt.so
// NONE-COUNT-1: SUMMARY
// NONE-NOT: SUMMARY

// KEPT: getenv: [[T]].one.so [[RT]]
// KEPT-COUNT-15: {{^}}[[T]].one.so [[RT]], runtime loaded{{$}}
// KEPT-COUNT-2: SUMMARY: ConnectionSanitizer: 1 open at exit
#define _GNU_SOURCE
#include <fcntl.h>
#include <libpq-fe.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

static const char *Self;

enum Way { Execve, Vfork, Execv, Execvp, Execvpe, Execl, Execlp, Execle, Fexecve, Execveat, Raw, Proc, Ways };

static char **environOfProc(void) {
  static char Text[65536], *List[1024];
  int File = open("/proc/self/environ", O_RDONLY);
  ssize_t Length = read(File, Text, sizeof Text - 1);
  unsigned Count = 0;
  for (char *At = Text; At < Text + Length; At += strlen(At) + 1)
    if (*At)
      List[Count++] = At;
  close(File);
  return List;
}

static void start(enum Way How, char **Envp) {
  char *Argv[] = {(char *)Self, "show", NULL};
  switch (How) {
  case Execve:
  case Vfork:
    execve(Self, Argv, environ);
    break;
  case Execv:
    execv(Self, Argv);
    break;
  case Execvp:
    execvp(Self, Argv);
    break;
  case Execvpe:
    execvpe(Self, Argv, Envp);
    break;
  case Execl:
    execl(Self, Self, "show", NULL);
    break;
  case Execlp:
    execlp(Self, Self, "show", NULL);
    break;
  case Execle:
    execle(Self, Self, "show", NULL, Envp);
    break;
  case Fexecve:
    fexecve(open(Self, O_RDONLY | O_CLOEXEC), Argv, environ);
    break;
  case Execveat:
    execveat(AT_FDCWD, Self, Argv, environ, 0);
    break;
  case Raw:
    execve(Self, Argv, Envp);
    break;
  case Proc:
    execve(Self, Argv, environOfProc());
    break;
  case Ways:
    break;
  }
  _exit(9);
}

// What it has in its own environment the runtime may just have changed.
static int isLoaded(const char *Name) {
  char Line[4096];
  int Found = 0;
  FILE *Maps = fopen("/proc/self/maps", "r");
  while (fgets(Line, sizeof Line, Maps))
    Found |= strstr(Line, Name) != NULL;
  fclose(Maps);
  return Found;
}

static void finished(pid_t Child) {
  int Status;
  if (waitpid(Child, &Status, 0) != Child || Status)
    fprintf(stderr, "FAILED %x\n", Status);
}

int main(int Argc, char **Argv, char **Envp) {
  Self = Argv[0];
  if (!strcmp(Argv[1], "show")) {
    const char *List = getenv("LD_PRELOAD");
    fprintf(stderr, "%s, runtime %s\n", List ? List : "unset", isLoaded("libconnsan_rt.so") ? "loaded" : "not loaded");
    return 0;
  }
  if (!strcmp(Argv[1], "connect"))
    return PQstatus(PQconnectdb(""));
  const char *List = getenv("LD_PRELOAD");
  fprintf(stderr, "getenv: %s\n", List ? List : "(null)");
  for (int How = 0; How < Ways; ++How) {
    pid_t Child = How == Vfork ? vfork() : fork();
    if (!Child)
      start(How, Envp);
    finished(Child);
  }
  pid_t Child;
  char *Show[] = {(char *)Self, "show", NULL};
  if (!posix_spawn(&Child, Self, NULL, NULL, Show, environ))
    finished(Child);
  char Command[4096];
  snprintf(Command, sizeof Command, "'%s' show", Self);
  if (system(Command))
    fprintf(stderr, "FAILED system\n");
  pclose(popen(Command, "w"));

  char *Own[] = {"LD_PRELOAD=/nowhere/libconnsan_rt.so", NULL};
  char *Print[] = {"sh", "-c", "echo own: $LD_PRELOAD", NULL};
  if (!(Child = fork())) {
    dup2(2, 1);
    execve("/bin/sh", Print, Own);
  }
  finished(Child);

  char *Connect[] = {(char *)Self, "connect", NULL};
  if (!posix_spawnp(&Child, Self, NULL, NULL, Connect, environ))
    finished(Child);
  return PQstatus(PQconnectdb(""));
}
