// A plugin that was opened with RTLD_DEEPBIND reaches libpq past the runtime: that is said once, at the end of a process
// that never connected otherwise, and before of one that did. What was not called is not known, and not said.
// RUN: rm -rf %t.dir && mkdir %t.dir
// RUN: %cc -g -shared -fPIC -DPLUGIN %libpq_flags -x c %s -o %t.so -lpq
// RUN: %cc -g -shared -fPIC -DPLUGIN -Wl,-z,lazy %libpq_flags -x c %s -o %t.lazy.so -lpq
// RUN: %cc -g %libpq_flags -x c %s -o %t -ldl
// RUN: env CONNSAN_OPTIONS=deepbind=1 %run %t deep %t.so call 2>&1 | FileCheck %s --check-prefixes=PAST,QUIET
// RUN: env LD_BIND_NOW=1 CONNSAN_OPTIONS=deepbind=1 %run %t deep %t.so 2>&1 | FileCheck %s --check-prefixes=PAST,QUIET
// RUN: env CONNSAN_OPTIONS=deepbind=1 %run %t deep %t.lazy.so call 2>&1 | FileCheck %s --check-prefixes=PAST,QUIET
// RUN: env CONNSAN_OPTIONS=deepbind=1 %run %t deep %t.so call quick 2>&1 | FileCheck %s --check-prefixes=PAST,QUIET
// RUN: env CONNSAN_OPTIONS=deepbind=1:log_path=%t.dir/log %run %t deep %t.so call 2>&1 | FileCheck %s --check-prefix=NONE
// RUN: cat %t.dir/log.*[0-9] %t.dir/log.*.jsonl | FileCheck %s --check-prefix=LOG
// RUN: cp %t.so %t.own.so && env CONNSAN_OPTIONS=deepbind=1 %run %t deep %t.so call own %t.own.so 2>&1 | FileCheck %s --check-prefixes=PAST,OWN
// RUN: env CONNSAN_OPTIONS=deepbind=1 %run %t deep %t.so call fork 2>&1 | FileCheck %s --check-prefix=FORK
// RUN: env CONNSAN_OPTIONS=deepbind=1 %run %t deep %t.so call unload 2>&1 | FileCheck %s --check-prefixes=PAST,QUIET
// RUN: env CONNSAN_OPTIONS=deepbind=1 %run %t deep %t.so call unload own %t.own.so 2>&1 | FileCheck %s --check-prefixes=PAST,OWN
// RUN: %run %t local %t.so call unload 2>&1 | FileCheck %s --check-prefix=UNLOADED
// RUN: env CONNSAN_OPTIONS=deepbind=1 %run %t deep %t.lazy.so 2>&1 | FileCheck %s --check-prefix=NONE
// RUN: %run %t local %t.so call 2>&1 | FileCheck %s --check-prefix=SEEN
// RUN: %run %t local %t.lazy.so 2>&1 | FileCheck %s --check-prefix=NONE
// UNSUPPORTED: sanitized
// PAST: begin
// PAST: {{^}}==[[PID:[0-9]+]]==ConnectionSanitizer: {{.*}}/unobserved_deepbind.c.tmp{{(.lazy)?}}.so reaches libpq past the runtime (opened with RTLD_DEEPBIND?): its connections are not observed
// PAST-NOT: past the runtime
// QUIET-NOT: SUMMARY
// LOG: {{^}}==[[PID:[0-9]+]]==ConnectionSanitizer: {{.*}}.so reaches libpq past
// LOG-NOT: ==
// LOG: "pid":[[PID]],"kind":"process"
// LOG: "pid":[[PID]],"kind":"note",{{.*}}"text":"{{.*}}.so reaches libpq past the runtime
// OWN: waited
// OWN: INFO: ConnectionSanitizer: connection #1 open at exit
// OWN: {{^SUMMARY: ConnectionSanitizer: 1 open at exit$}}
// NONE-NOT: ConnectionSanitizer
// NONE: begin
// NONE-NOT: ConnectionSanitizer
// SEEN: begin
// SEEN-NOT: past the runtime
// SEEN: connection #1 open at exit
// SEEN-NOT: past the runtime
// UNLOADED: begin
// UNLOADED: connection #1 leaked: libpq.so.5 was unloaded while it was open
// FORK: begin
// FORK: ==[[CHILD:[0-9]+]]==ConnectionSanitizer: {{.*}} past the runtime
// FORK-NOT: past the runtime
// FORK: child [[CHILD]]
// FORK: ConnectionSanitizer: {{.*}} past the runtime
// FORK-NOT: past the runtime

// Where the program itself has loaded libpq before, libpq's calls of itself still lead to the runtime.
// RUN: %build_c -Wl,--no-as-needed -lpq -o %t.linked
// RUN: env CONNSAN_OPTIONS=deepbind=1 %run %t.linked deep %t.so call 2>&1 | FileCheck %s --check-prefix=PARTLY
// PARTLY: {{^}}==[[PID:[0-9]+]]==ConnectionSanitizer: {{.*}}.so reaches libpq past the runtime (opened with RTLD_DEEPBIND?): its connections are observed only in part
// PARTLY: connection #1 open at exit
#define _GNU_SOURCE
#include <libpq-fe.h>
#ifdef PLUGIN
PGconn *pluginConnect(void) {
  PGconn *Conn = PQconnectdb("");
  return PQstatus(Conn) == CONNECTION_OK ? Conn : NULL;
}
#else
#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static int has(char **List, const char *Word) {
  while (*List && strcmp(*List, Word))
    ++List;
  return *List != NULL;
}

int main(int Argc, char **Argv) {
  fprintf(stderr, "begin\n");
  int Mode = strcmp(Argv[1], "deep") ? 0 : RTLD_DEEPBIND;
  void *Plugin = dlopen(Argv[2], RTLD_LAZY | RTLD_LOCAL | Mode);
  if (!Plugin || Argc < 3)
    return 1;
  PGconn *(*Connect)(void) = (PGconn * (*)(void)) dlsym(Plugin, "pluginConnect");
  if (has(Argv, "call") && !Connect())
    return 2;
  if (has(Argv, "unload"))
    dlclose(Plugin);
  if (has(Argv, "own")) {
    void *Own = dlopen(Argv[Argc - 1], RTLD_NOW | RTLD_LOCAL);
    ((PGconn * (*)(void)) dlsym(Own, "pluginConnect"))();
    sleep(3);
    fprintf(stderr, "waited\n");
  }
  if (has(Argv, "fork")) {
    pid_t Child = fork();
    if (!Child)
      exit(0);
    waitpid(Child, NULL, 0);
    // Of one that gives up nothing is said.
    if (!fork())
      _exit(0);
    wait(NULL);
    fprintf(stderr, "child %d\n", Child);
  }
  if (has(Argv, "quick"))
    quick_exit(0);
  return 0;
}
#endif
