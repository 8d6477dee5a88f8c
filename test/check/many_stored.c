// What a function has put into the globals of the program is theirs: that it may have reconnected any of them multiplies
// no states, and what it holds itself is still looked after.
// RUN: %expect_status 1 %connsan check --stats %s -- %libpq_flags 2> %t | FileCheck %s --implicit-check-not=warning:
// RUN: FileCheck %s --check-prefix=STATS --input-file=%t
// STATS: with an obligation given up 1
// STATS-NEXT: given up 0
// RUN: %connsan check --dump=state %s -- %libpq_flags | FileCheck %s --check-prefix=STATES --implicit-check-not='state 13'
// STATES: state 5
#include <libpq-fe.h>
extern PGconn *a, *b, *c, *d, *e, *f, *g, *h;
int lost(PGconn *conn);
int busy(int stop) {
  if (!a)
    a = PQconnectdb("a");
  if (!b)
    b = PQconnectdb("b");
  if (!c)
    c = PQconnectdb("c");
  if (!d)
    d = PQconnectdb("d");
  if (!e)
    e = PQconnectdb("e");
  if (!f)
    f = PQconnectdb("f");
  if (!g)
    g = PQconnectdb("g");
  if (!h)
    h = PQconnectdb("h");
  PGconn *own = PQconnectdb("");
  if (stop)
    // CHECK: [[@LINE+1]]:5: warning: connection 'own' is not released on this return
    return 1;
  PQfinish(own);
  return 0;
}
