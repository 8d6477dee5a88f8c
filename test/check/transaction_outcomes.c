// A transaction is open only where BEGIN went well, and what PQtransactionStatus says is believed.
// RUN: %leaks | FileCheck %s --implicit-check-not=warning:
#include <libpq-fe.h>
#include <stdbool.h>
int work(PGconn *);
#define RUN(c, sql) PQclear(PQexec(c, sql))

int failed_begin(PGconn *c, int x) {
  PGresult *r = PQexec(c, "BEGIN");
  if (PQresultStatus(r) != PGRES_COMMAND_OK) {
    PQclear(r);
    return -1;
  }
  PQclear(r);
  if (x)
    return -2;
  // CHECK: :[[@LINE-1]]:5: warning: the transaction on 'c' is neither
  RUN(c, "COMMIT");
  return 0;
}

int no_result(PGconn *c) {
  PGresult *r = PQexec(c, "BEGIN");
  if (!r)
    return -1;
  PQclear(r);
  RUN(c, "COMMIT");
  return 0;
}

static bool is_good(const PGresult *r) {
  ExecStatusType status = PQresultStatus(r);
  return status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK;
}
int asked_by_a_helper(PGconn *c) {
  PGresult *r = PQexec(c, "BEGIN");
  bool good = is_good(r);
  PQclear(r);
  if (!good)
    return -1;
  RUN(c, "COMMIT");
  return 0;
}

// A COMMIT that fails ends the transaction too; an error in between does not.
int failed_commit(PGconn *c) {
  RUN(c, "BEGIN");
  PGresult *r = PQexec(c, "INSERT INTO t VALUES (1)");
  if (PQresultStatus(r) != PGRES_COMMAND_OK) {
    PQclear(r);
    return -1;
    // CHECK: :[[@LINE-1]]:5: warning: the transaction on 'c' is neither
  }
  PQclear(r);
  r = PQexec(c, "COMMIT");
  if (PQresultStatus(r) != PGRES_COMMAND_OK) {
    PQclear(r);
    return -1;
  }
  PQclear(r);
  return 0;
}

int asks_the_connection(PGconn *c) {
  RUN(c, "BEGIN");
  int rc = work(c);
  if (rc == 0)
    RUN(c, "COMMIT");
  if (PQtransactionStatus(c) != PQTRANS_IDLE)
    RUN(c, "ROLLBACK");
  return rc;
}
int asks_and_leaves(PGconn *c) {
  RUN(c, "BEGIN");
  if (PQtransactionStatus(c) == PQTRANS_INERROR)
    return -1;
  // CHECK: :[[@LINE-1]]:5: warning: the transaction on 'c' is neither
  switch (PQtransactionStatus(c)) {
  case PQTRANS_INTRANS:
    RUN(c, "COMMIT");
    break;
  case PQTRANS_INERROR:
    RUN(c, "ROLLBACK");
    break;
  default:
    return -1;
  }
  return 0;
}
// CHECK: :[[@LINE-4]]:5: warning: the transaction on 'c' is neither

// Only where it was begun.
void on_demand(PGconn *c, int wanted) {
  if (wanted)
    RUN(c, "BEGIN");
  work(c);
  if (wanted)
    RUN(c, "COMMIT");
}

// What is kept open from call to call is begun where none is open and ended whoever began it.
struct writer {
  PGconn *conn;
  int pending;
};
int write_one(struct writer *w) {
  if (w->pending == 0) {
    RUN(w->conn, "BEGIN");
    w->pending = 1;
  }
  if (work(w->conn))
    return -1;
  if (++w->pending > 100) {
    RUN(w->conn, "COMMIT");
    w->pending = 0;
  }
  return 0;
}
