// Two connects are under way on one thread at a time, on stacks of their own that it changes between whenever libpq waits:
// each is one connection, with its own stack trace, in whatever order they end and whichever stack lies above the other.
// RUN: %build_c -rdynamic -o %t
// RUN: env CONNSAN_OPTIONS=open_at_exit=leak %run %t 2>&1 | FileCheck %s
// RUN: env CONNSAN_OPTIONS=open_at_exit=leak %run %t swapped 2>&1 | FileCheck %s
// CHECK: both connected 1, changes 1
// CHECK: connection #{{[0-9]+}} leaked
// CHECK-NEXT: application_name=first
// CHECK: #0 PQconnectdb
// CHECK-NEXT: #1 connectFirst
// CHECK: connection #{{[0-9]+}} leaked
// CHECK-NEXT: application_name=second
// CHECK: #0 PQconnectdb
// CHECK-NEXT: #1 connectSecond
// CHECK: SUMMARY: ConnectionSanitizer: 2 leaked
#define _GNU_SOURCE
#include <libpq-fe.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <ucontext.h>
#include <unistd.h>

static ucontext_t Main, Coroutines[2];
static int Running = -1, Changes, Ended[2];
static PGconn *Conns[2];

// What a framework of coroutines puts in the place of a wait.
int poll(struct pollfd *Files, nfds_t Count, int Timeout) {
  if (Running >= 0) {
    int Self = Running, Other = 1 - Self;
    if (!Ended[Other]) {
      ++Changes;
      Running = Other;
      swapcontext(&Coroutines[Self], &Coroutines[Other]);
      Running = Self;
    }
  }
  return (int)syscall(SYS_poll, Files, Count, Timeout);
}

static void end(int Self) {
  Ended[Self] = 1;
  Running = 1 - Self;
  setcontext(Ended[Running] ? &Main : &Coroutines[Running]);
}

static void connectFirst(void) {
  Conns[0] = PQconnectdb("application_name=first");
  end(0);
}
static void connectSecond(void) {
  Conns[1] = PQconnectdb("application_name=second");
  end(1);
}

int main(int argc, char **argv) {
  (void)argv;
  enum { Size = 1 << 18 };
  char *Stacks = malloc(2 * Size);
  for (int I = 0; I < 2; ++I) {
    getcontext(&Coroutines[I]);
    Coroutines[I].uc_stack.ss_sp = Stacks + Size * (argc > 1 ? 1 - I : I);
    Coroutines[I].uc_stack.ss_size = Size;
    makecontext(&Coroutines[I], I ? connectSecond : connectFirst, 0);
  }
  Running = 0;
  swapcontext(&Main, &Coroutines[0]);
  Running = -1;
  fprintf(stderr, "both connected %d, changes %d\n",
          PQstatus(Conns[0]) == CONNECTION_OK && PQstatus(Conns[1]) == CONNECTION_OK, Changes > 2);
  return 0;
}
