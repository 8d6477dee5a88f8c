// An exception and a longjmp leave libpq from a notice processor, from a notice receiver and from an event procedure of
// the program, in a query and in a reset: each arrives, and the calls after it are seen as before.
// RUN: %build_cxx -o %t
// RUN: env CONNSAN_OPTIONS=open_at_exit=leak %run %t 2>&1 | FileCheck %s
// CHECK: processor: caught 1, jumped 1
// CHECK: receiver: caught 1, jumped 1
// CHECK: event in a query: caught 1, jumped 1
// CHECK: event in a reset: caught 1, jumped 1
// CHECK-NOT: double
// CHECK: connection #9 leaked: open at exit{{.*}}, idle in transaction
// CHECK: by PQexec at:
// CHECK: {{^SUMMARY: ConnectionSanitizer: 1 leaked$}}
#include <csetjmp>
#include <cstdio>
#include <libpq-events.h>
#include <libpq-fe.h>
#include <stdexcept>

static jmp_buf Back;
static bool Jump;
static PGEventId Wanted;

static void leave() {
  if (Jump)
    longjmp(Back, 1);
  throw std::runtime_error("left");
}

static int onEvent(PGEventId Event, void *, void *) {
  if (Event == Wanted)
    leave();
  return 1;
}

static void byProcessor(PGconn *Conn) {
  PQsetNoticeProcessor(Conn, [](void *, const char *) { leave(); }, nullptr);
  PQexec(Conn, "DO $$ BEGIN RAISE NOTICE 'hello'; END $$");
}
static void byReceiver(PGconn *Conn) {
  PQsetNoticeReceiver(Conn, [](void *, const PGresult *) { leave(); }, nullptr);
  PQexec(Conn, "DO $$ BEGIN RAISE NOTICE 'hello'; END $$");
}
static void byResultEvent(PGconn *Conn) {
  Wanted = PGEVT_RESULTCREATE;
  PQregisterEventProc(Conn, onEvent, "test", nullptr);
  PQexec(Conn, "SELECT 1");
}
static void byResetEvent(PGconn *Conn) {
  Wanted = PGEVT_CONNRESET;
  PQregisterEventProc(Conn, onEvent, "test", nullptr);
  PQreset(Conn);
}

static void both(const char *Name, void (*Run)(PGconn *)) {
  int Caught = 0, Jumped = 0;
  PGconn *volatile Conn = PQconnectdb("");
  Jump = false;
  try {
    Run(Conn);
  } catch (const std::runtime_error &) {
    ++Caught;
  }
  Wanted = PGEVT_REGISTER;
  PQfinish(Conn);
  Conn = PQconnectdb("");
  Jump = true;
  if (setjmp(Back))
    ++Jumped;
  else
    Run(Conn);
  Wanted = PGEVT_REGISTER;
  PQfinish(Conn);
  std::fprintf(stderr, "%s: caught %d, jumped %d\n", Name, Caught, Jumped);
}

int main() {
  Wanted = PGEVT_REGISTER;
  both("processor", byProcessor);
  both("receiver", byReceiver);
  both("event in a query", byResultEvent);
  both("event in a reset", byResetEvent);
  PGconn *Conn = PQconnectdb("");
  PQclear(PQexec(Conn, "BEGIN"));
}
