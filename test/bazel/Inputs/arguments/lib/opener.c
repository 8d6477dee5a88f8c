#include "lib/private.h"
#include "opener.h"
#if !PRIVATE || !EVERYWHERE || !HERE
#error this is not how Bazel compiles it
#endif

PGconn *opener(void) { return PQconnectdb(""); }

#if MORE
int more(void);
int more(void) {
  PGconn *conn = opener();
  return PQstatus(conn);
}
#endif
