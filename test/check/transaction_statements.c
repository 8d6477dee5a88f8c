// What statements do: several in one string, savepoints, chains, two phases, comments and quotes.
// RUN: %leaks | FileCheck %s --implicit-check-not=warning:
#include <libpq-fe.h>
#define RUN(c, sql) PQclear(PQexec(c, sql))

void whole(PGconn *c) { RUN(c, "BEGIN; DELETE FROM t; COMMIT"); }
int half(PGconn *c, int x) {
  RUN(c, "BEGIN; DELETE FROM t");
  if (x)
    return -1;
  // CHECK: :[[@LINE-1]]:5: warning: the transaction on 'c' is neither
  RUN(c, "COMMIT");
  return 0;
}
int savepoint(PGconn *c, int x) {
  RUN(c, "BEGIN");
  RUN(c, "SAVEPOINT s");
  if (x) {
    RUN(c, "ROLLBACK TO SAVEPOINT s");
    return -1;
    // CHECK: :[[@LINE-1]]:5: warning: the transaction on 'c' is neither
  }
  RUN(c, "RELEASE s; COMMIT");
  return 0;
}
int chain(PGconn *c, int x) {
  RUN(c, "BEGIN");
  if (x) {
    RUN(c, "COMMIT AND CHAIN");
    return 1;
    // CHECK: :[[@LINE-1]]:5: warning: the transaction on 'c' is neither
  }
  RUN(c, "COMMIT AND NO CHAIN");
  return 0;
}
int two_phases(PGconn *c, int x) {
  RUN(c, "start transaction isolation level serializable");
  if (x)
    RUN(c, "PREPARE TRANSACTION 'p'");
  else
    RUN(c, "abort work");
  RUN(c, "COMMIT PREPARED 'p'");
  return 0;
}
int commented(PGconn *c, int x) {
  RUN(c, " /* x /* y */ COMMIT; */ begin -- COMMIT\n");
  if (x)
    return -1;
  // CHECK: :[[@LINE-1]]:5: warning: the transaction on 'c' is neither
  RUN(c, "-- the end\nEND");
  return 0;
}
int quoted(PGconn *c, int x) {
  RUN(c, "INSERT INTO log VALUES ('x; BEGIN;')");
  RUN(c, "DO $$ BEGIN PERFORM 1; END $$");
  if (x)
    return -1;
  RUN(c, "COMMIT");
  return 0;
}
void chosen(PGconn *c, int x) {
  RUN(c, "BEGIN");
  RUN(c, x ? "COMMIT" : "ROLLBACK");
}
int newer_than_the_scanner(PGconn *c, int x) {
  RUN(c, "BEGIN");
  if (x) {
    RUN(c, "UPDATE t SET flags = 0x1F; ROLLBACK");
    return -1;
  }
  RUN(c, "COMMIT");
  return 0;
}
