// A helper that closes and clears a member, or opens it again, leaves nothing of the old connection behind.
// RUN: %clean
#include <libpq-fe.h>
PGconn *shared;
void log_it(const char *text);

static void close_shared(void) {
  if (shared) {
    PQfinish(shared);
    shared = NULL;
  }
  log_it("closed");
}
int use_after_close(void) {
  if (PQstatus(shared) != CONNECTION_OK) {
    close_shared();
    if (PQstatus(shared) == CONNECTION_OK)
      return 1;
  }
  return 0;
}
