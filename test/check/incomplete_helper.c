// A release helper that does half of the work.
// RUN: %leaks | FileCheck %s --implicit-check-not=warning:
#include <libpq-fe.h>
#include <stdlib.h>

struct pair { PGconn *from, *to; };

static void finish_good(PGconn *conn) {
  if (PQstatus(conn) == CONNECTION_OK)
    PQfinish(conn);
}
static void close_pair(struct pair *p) {
  PQfinish(p->from);
  p->from = NULL;
}

void bad_status(void) {
  PGconn *conn = PQconnectdb("");
  finish_good(conn);
  // CHECK: :[[@LINE+1]]:1: warning: connection 'conn' is not released before the end of 'bad_status'
}

void second_forgotten(void) {
  struct pair p;
  p.from = PQconnectdb("host=a");
  p.to = PQconnectdb("host=b");
  // CHECK: :[[@LINE-1]]:10: warning: connection 'p.to' is never released
  close_pair(&p);
}

int only_memory(void) {
  struct pair *p = malloc(sizeof *p);
  if (!p)
    return -1;
  p->from = PQconnectdb("");
  if (PQstatus(p->from) != CONNECTION_OK) {
    free(p);
    // CHECK: :[[@LINE-1]]:5: warning: connection 'p->from' is not released before the object that holds it is freed
    return -1;
  }
  PQfinish(p->from);
  free(p);
  return 0;
}
