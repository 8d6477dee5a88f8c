// A helper that takes a pointer to anything is looked at: it may keep what it is given, release it, or only look.
// RUN: %leaks | FileCheck %s --implicit-check-not=warning:
#include <libpq-fe.h>

typedef void (*destroyer)(void *);
static void *Kept[10];
static int Count;
static void *Last;

static void keep(void *Thing) { Kept[Count++] = Thing; }
static void remember(void *Thing) { Last = Thing; }
static void count(const void *Thing) { Count += Thing != 0; }
static void destroy(void *Thing) { PQfinish(Thing); }
static void *same(void *Thing) { return Thing; }

void kept(void) { keep(PQconnectdb("")); }

void remembered(void) {
  PGconn *Conn = PQconnectdb("");
  remember(Conn);
}

void destroyed(void) {
  PGconn *Conn = PQconnectdb("");
  destroy(Conn);
}

void counted(void) {
  PGconn *Conn = PQconnectdb("");
  // CHECK: [[@LINE-1]]:18: warning: connection 'Conn' is never released
  count(Conn);
}

void wentThrough(void) {
  PGconn *Conn = same(PQconnectdb(""));
  // CHECK: [[@LINE-1]]:23: warning: connection 'Conn' is never released
  PQstatus(Conn);
}

destroyer byPointer = destroy;
