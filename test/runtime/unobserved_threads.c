// Libraries that use libpq are loaded and unloaded by several threads, while others connect, and the process forks in
// between: nothing hangs, and nothing is said.
// RUN: %cc -g -shared -fPIC -DPLUGIN=work %libpq_flags -x c %s -o %t.1.so -lpq
// RUN: %cc -g -shared -fPIC -DPLUGIN=work -Wl,--hash-style=sysv -Wl,-z,pack-relative-relocs %libpq_flags -x c %s -o %t.2.so -lpq
// RUN: %build_c -o %t
// RUN: %run %t %t.1.so %t.2.so 2>&1 | FileCheck %s
// The loader has races with itself, in the eyes of ThreadSanitizer.
// UNSUPPORTED: thread
// CHECK-NOT: {{.}}
// CHECK: done
// CHECK-NOT: {{.}}
#include <libpq-fe.h>
#ifdef PLUGIN
PGconn *PLUGIN(void) { return PQconnectdb("host=/nonesuch"); }
#else
#include <dlfcn.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

enum { Rounds = 300, Forks = 40 };

static void *load(void *Path) {
  for (int I = 0; I < Rounds; ++I) {
    void *Plugin = dlopen(Path, RTLD_LAZY | RTLD_LOCAL);
    if (!Plugin)
      abort();
    if (I % 8 == 0)
      PQfinish(((PGconn * (*)(void)) dlsym(Plugin, "work"))());
    dlclose(Plugin);
  }
  return NULL;
}

static void *forkAway(void *Unused) {
  for (int I = 0; I < Forks; ++I) {
    pid_t Child = fork();
    if (!Child)
      _exit(0); // exit waits for the loader, which another thread may have been in
    int Status;
    if (waitpid(Child, &Status, 0) != Child || Status)
      abort();
  }
  return Unused;
}

int main(int Argc, char **Argv) {
  (void)Argc;
  pthread_t Threads[5];
  for (int I = 0; I < 4; ++I)
    pthread_create(&Threads[I], NULL, load, Argv[1 + I % 2]);
  pthread_create(&Threads[4], NULL, forkAway, NULL);
  for (int I = 0; I < 5; ++I)
    pthread_join(Threads[I], NULL);
  PQfinish(PQconnectdb(""));
  fprintf(stderr, "done\n");
  return 0;
}
#endif
