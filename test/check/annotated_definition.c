// A definition that is annotated: callers go by the annotation, its body is not held against it.
// RUN: %leaks -I%S/../../include | FileCheck %s --implicit-check-not=warning:
#include <connsan/annotations.h>
#include <libpq-fe.h>

static PGconn *spare;

CONNSAN_ACQUIRE("lease") static PGconn *take(void) {
  PGconn *conn = spare ? spare : PQconnectdb("");
  spare = 0;
  return conn;
}

CONNSAN_RELEASE(1) CONNSAN_RESOURCE("lease") static void give(PGconn *conn) {
  if (spare)
    PQfinish(conn);
  else
    spare = conn;
}

int lease(int x) {
  PGconn *conn = take();
  if (x)
    return 1;
  // CHECK: :[[@LINE-1]]:5: warning: lease 'conn' is not released on this return
  give(conn);
  return 0;
}

// What is wrong inside is still found.
CONNSAN_BORROW(1) void work(PGconn *conn, int x) {
  PGconn *other = PQconnectdb("");
  if (x)
    return;
  // CHECK: :[[@LINE-1]]:5: warning: connection 'other' is not released on this return
  PQfinish(other);
}
