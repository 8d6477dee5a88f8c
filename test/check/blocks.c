// What a block captures, it may release: when it is called, or at the end of its scope.
// RUN: %connsan check %s -- %libpq_flags -fblocks 2>&1 | count 0
#include <libpq-fe.h>

static void run_block(void (^*block)(void)) { (*block)(); }

int at_the_end_of_the_scope(PGconn *conn) {
  PGresult *res = PQexec(conn, "SELECT 1");
  __attribute__((cleanup(run_block), unused)) void (^at_end)(void) = ^{ PQclear(res); };
  return PQresultStatus(res) == PGRES_TUPLES_OK;
}

void when_called(PGconn *conn) {
  PGresult *res = PQexec(conn, "SELECT 1");
  void (^clear)(void) = ^{ PQclear(res); };
  clear();
}
