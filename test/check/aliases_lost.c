// Equal pointers release each other; unequal ones do not.
// RUN: %leaks | FileCheck %s --implicit-check-not=warning:
#include <libpq-fe.h>

void swapped(int primary) {
  PGconn *a = PQconnectdb("host=a");
  PGconn *b = PQconnectdb("host=b");
  PGconn *chosen = primary ? a : b;
  PQfinish(a);
  if (chosen == b)
    PQfinish(b);
  // CHECK: :[[@LINE+2]]:1: warning: connection 'b' is not released before the end of 'swapped'
  // CHECK: note: taken when 'chosen == b' is false
}
