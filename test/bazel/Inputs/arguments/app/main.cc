#include "app/made.h"
#include "opener.h"
#include <cstring>
#if !MADE || TWO != 2 || !EVERYWHERE || defined HERE
#error this is not how Bazel compiles it
#endif
static_assert(sizeof LABEL > sizeof "made.h");

void foreign();

int lost() {
  PGconn *conn = opener();
  return PQstatus(conn);
}

void thrown_past() {
  PGconn *conn = PQconnectdb("");
  // May throw, for all that is seen.
  foreign();
  PQfinish(conn);
}

int main() {}
