// The wrappers take little of the calling thread's stack: measured against the same calls made past them, and bounded. Calls
// work on the smallest stack that a thread can have, and in a signal handler on an alternate one.
// RUN: %build_fake
// RUN: env CONNSAN_OPTIONS=open_at_exit=leak:exitcode=9 %run %t > %t.out 2> %t.err
// RUN: FileCheck %s < %t.out
// RUN: FileCheck %s --check-prefix=SILENT --allow-empty < %t.err
// UNSUPPORTED: sanitized
// The sanitizers' frames are larger, and they have a minimum of their own.
// CHECK: first connect: bounded
// CHECK: connect: bounded
// CHECK: query: bounded
// CHECK: finish: bounded
// CHECK: smallest stack: done
// CHECK: alternate stack: done
// SILENT-NOT: {{.}}
#define _GNU_SOURCE
#include <dlfcn.h>
#include <libpq-fe.h>
#include <limits.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

static PGconn *(*Connect)(const char *);
static PGresult *(*Query)(PGconn *, const char *);
static void (*Finish)(PGconn *);
static PGconn *Conn;

static void *connect_(void *Arg) {
  Conn = Connect("");
  return Arg;
}
static void *query(void *Arg) {
  Query(Conn, "");
  return Arg;
}
static void *finish(void *Arg) {
  Finish(Conn);
  return Arg;
}

// How much of its stack a thread that runs Run has touched.
static size_t used(void *(*Run)(void *)) {
  enum { Size = 1 << 19 };
  unsigned char *Stack =
      mmap(NULL, Size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_STACK, -1, 0);
  memset(Stack, 0xa5, Size);
  pthread_attr_t Attributes;
  pthread_attr_init(&Attributes);
  pthread_attr_setstack(&Attributes, Stack, Size);
  pthread_t Thread;
  pthread_create(&Thread, &Attributes, Run, NULL);
  pthread_join(Thread, NULL);
  size_t Free = 0;
  while (Free < Size && Stack[Free] == 0xa5)
    ++Free;
  munmap(Stack, Size);
  return Size - Free;
}

static void wrapped(int Wrapped) {
  void *Handle = Wrapped ? RTLD_DEFAULT : dlopen("libpq.so.5", RTLD_NOW | RTLD_NOLOAD);
  Connect = (PGconn * (*)(const char *)) dlsym(Handle, "PQconnectStart");
  Query = (PGresult * (*)(PGconn *, const char *)) dlsym(Handle, "PQexec");
  Finish = (void (*)(PGconn *))dlsym(Handle, "PQfinish");
}

static void compare(const char *Name, void *(*Run)(void *), size_t Past, size_t Most) {
  size_t With = used(Run);
  fprintf(stdout, "%s: %s (%zu bytes more)\n", Name, With <= Past + Most ? "bounded" : "NOT BOUNDED", With - Past);
}

static void *all(void *Arg) {
  PGconn *Own = PQconnectdb("");
  PQexec(Own, "");
  PQfinish(Own);
  return Arg;
}

static void onSignal(int Number) {
  (void)Number;
  all(NULL);
}

int main(void) {
  wrapped(0);
  size_t Connected = used(connect_), Queried = used(query), Finished = used(finish);
  wrapped(1);
  // The first one of a process reads options and starts a thread.
  compare("first connect", connect_, Connected, 12288);
  finish(NULL);
  compare("connect", connect_, Connected, 4096);
  compare("query", query, Queried, 4096);
  compare("finish", finish, Finished, 4096);

  pthread_attr_t Attributes;
  pthread_attr_init(&Attributes);
  pthread_attr_setstacksize(&Attributes, PTHREAD_STACK_MIN);
  pthread_t Thread;
  if (pthread_create(&Thread, &Attributes, all, NULL) == 0)
    pthread_join(Thread, NULL);
  printf("smallest stack: done\n");

  stack_t Alternate = {.ss_sp = malloc(SIGSTKSZ), .ss_size = SIGSTKSZ};
  sigaltstack(&Alternate, NULL);
  struct sigaction Action = {.sa_handler = onSignal, .sa_flags = SA_ONSTACK};
  sigaction(SIGUSR1, &Action, NULL);
  raise(SIGUSR1);
  printf("alternate stack: done\n");
  return 0;
}
