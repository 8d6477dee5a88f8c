// What may be wrong is said with medium confidence: a transaction in a transaction, and COMMIT without one.
// RUN: %expect_status 0 %connsan check %s -- %libpq_flags
// RUN: %expect_status 1 %connsan check --confidence=medium %s -- %libpq_flags | FileCheck %s --implicit-check-not=warning:
#include <libpq-fe.h>
int work(PGconn *);
#define RUN(c, sql) PQclear(PQexec(c, sql))

void nested(PGconn *c) {
  RUN(c, "BEGIN");
  RUN(c, "BEGIN");
  // CHECK: :[[@LINE-1]]:3: warning: the transaction on 'c' is still open where the next one begins (medium confidence)
  RUN(c, "COMMIT");
}
void twice(PGconn *c) {
  RUN(c, "BEGIN");
  RUN(c, "COMMIT");
  RUN(c, "COMMIT");
  // CHECK: :[[@LINE-1]]:3: warning: no transaction is open on 'c' that this could commit (medium confidence)
}
void one_after_the_other(PGconn *c) {
  RUN(c, "BEGIN");
  RUN(c, "COMMIT");
  RUN(c, "BEGIN");
  RUN(c, "ROLLBACK");
  RUN(c, "ROLLBACK");
}
void somebody_may_begin(PGconn *c) {
  RUN(c, "BEGIN");
  RUN(c, "COMMIT");
  work(c);
  RUN(c, "COMMIT");
}
