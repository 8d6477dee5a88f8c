// The program's own event procedures, its instance data and its copies of results are as they are without us, also for a
// connection that we have libpq tell us about (one that was made past the wrappers).
// RUN: %build_c -o %t
// RUN: %t > %t.bare
// RUN: %run %t > %t.preloaded
// RUN: diff %t.bare %t.preloaded
// RUN: FileCheck %s < %t.preloaded
// CHECK: wrapped: registered 1, again 0
// CHECK: wrapped: data mine, result data mine, copied data mine
// CHECK: wrapped: events 0 1 2 3 3 4 5 5 5{{$}}
// CHECK: past: registered 1, again 0
// CHECK: past: data mine, result data mine, copied data mine
// CHECK: past: events 0 1 2 3 3 4 5 5 5{{$}}
#include <dlfcn.h>
#include <libpq-events.h>
#include <libpq-fe.h>
#include <stdio.h>
#include <string.h>

static int Seen[16], SeenCount;
static char Mine[] = "mine";

static int onEvent(PGEventId Event, void *Info, void *Data) {
  if (Data != Mine)
    return 0;
  if (SeenCount < 16)
    Seen[SeenCount++] = Event;
  if (Event == PGEVT_REGISTER)
    PQsetInstanceData(((PGEventRegister *)Info)->conn, onEvent, Mine);
  if (Event == PGEVT_RESULTCREATE)
    PQresultSetInstanceData(((PGEventResultCreate *)Info)->result, onEvent, Mine);
  if (Event == PGEVT_RESULTCOPY)
    PQresultSetInstanceData(((PGEventResultCopy *)Info)->dest, onEvent, Mine);
  return 1;
}

static const char *shown(const void *Data) { return Data == Mine ? "mine" : "not mine"; }

static void use(const char *Name, PGconn *(*Connect)(const char *), void (*Finish)(PGconn *)) {
  SeenCount = 0;
  PGconn *Conn = Connect("");
  int First = PQregisterEventProc(Conn, onEvent, "mine", Mine);
  printf("%s: registered %d, again %d\n", Name, First, PQregisterEventProc(Conn, onEvent, "mine", Mine));
  PQreset(Conn);
  PGresult *Result = PQexec(Conn, "SELECT 1");
  PGresult *Copy = PQcopyResult(Result, PG_COPYRES_ATTRS | PG_COPYRES_TUPLES | PG_COPYRES_EVENTS);
  PGresult *Made = PQmakeEmptyPGresult(Conn, PGRES_COMMAND_OK);
  PQfireResultCreateEvents(Conn, Made);
  printf("%s: data %s, result data %s, copied data %s\n", Name, shown(PQinstanceData(Conn, onEvent)),
         shown(PQresultInstanceData(Result, onEvent)), shown(PQresultInstanceData(Copy, onEvent)));
  PQclear(Made);
  PQclear(Copy);
  PQclear(Result);
  Finish(Conn);
  // As PGEventId numbers them, in rising order: which of several comes first is of no matter.
  printf("%s: events", Name);
  for (int Id = 0; Id < 8; ++Id)
    for (int I = 0; I < SeenCount; ++I)
      if (Seen[I] == Id)
        printf(" %d", Id);
  printf("\n");
}

int main(void) {
  use("wrapped", PQconnectdb, PQfinish);
  void *Libpq = dlopen("libpq.so.5", RTLD_NOW | RTLD_NOLOAD);
  PGconn *(*Connect)(const char *) = (PGconn * (*)(const char *)) dlsym(Libpq, "PQconnectdb");
  void (*Finish)(PGconn *) = (void (*)(PGconn *))dlsym(Libpq, "PQfinish");
  use("past", Connect, Finish);
  return 0;
}
