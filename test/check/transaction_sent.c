// Statements that are sent, prepared and run later, and in a pipeline.
// RUN: %leaks | FileCheck %s --implicit-check-not=warning:
#include <libpq-fe.h>
#include <stddef.h>
int work(PGconn *);

static int drain(PGconn *c) {
  PGresult *r;
  int failed = 0;
  while ((r = PQgetResult(c)) != NULL) {
    if (PQresultStatus(r) != PGRES_COMMAND_OK)
      failed = 1;
    PQclear(r);
  }
  return failed;
}
int sent(PGconn *c) {
  PGresult *r;
  if (!PQsendQuery(c, "BEGIN"))
    return -1;
  r = PQgetResult(c);
  if (PQresultStatus(r) != PGRES_COMMAND_OK) {
    PQclear(r);
    return -1;
  }
  PQclear(r);
  while ((r = PQgetResult(c)) != NULL)
    PQclear(r);
  if (work(c))
    return -2;
  // CHECK: :[[@LINE-1]]:5: warning: the transaction on 'c' is neither
  // CHECK: :[[@LINE-13]]:8: note: begun here by 'PQsendQuery'
  if (!PQsendQuery(c, "COMMIT"))
    return -1;
  drain(c);
  return 0;
}
int pipelined(PGconn *c) {
  PQenterPipelineMode(c);
  PQsendQueryParams(c, "BEGIN", 0, NULL, NULL, NULL, NULL, 0);
  PQsendQueryParams(c, "INSERT INTO t VALUES (1)", 0, NULL, NULL, NULL, NULL, 0);
  PQsendQueryParams(c, "COMMIT", 0, NULL, NULL, NULL, NULL, 0);
  PQpipelineSync(c);
  return drain(c);
}
int prepared(PGconn *c) {
  PQclear(PQprepare(c, "b", "BEGIN", 0, NULL));
  PQclear(PQprepare(c, "e", "COMMIT", 0, NULL));
  PQclear(PQexecPrepared(c, "b", 0, NULL, NULL, NULL, 0));
  if (work(c))
    return -1;
  // CHECK: :[[@LINE-1]]:5: warning: the transaction on 'c' is neither
  PQclear(PQexecPrepared(c, "e", 0, NULL, NULL, NULL, 0));
  return 0;
}
static void prepare_all(PGconn *c) {
  PQclear(PQprepare(c, "begin", "BEGIN", 0, NULL));
  PQclear(PQprepare(c, "commit", "COMMIT", 0, NULL));
}
int prepared_by_a_helper(PGconn *c) {
  prepare_all(c);
  PQclear(PQexecPrepared(c, "begin", 0, NULL, NULL, NULL, 0));
  if (work(c))
    return -1;
  // CHECK: :[[@LINE-1]]:5: warning: the transaction on 'c' is neither
  PQclear(PQexecPrepared(c, "commit", 0, NULL, NULL, NULL, 0));
  return 0;
}
int unknown_name(PGconn *c, const char *name, int x) {
  PQclear(PQexecPrepared(c, name, 0, NULL, NULL, NULL, 0));
  if (x)
    return -1;
  PQclear(PQexecPrepared(c, "commit", 0, NULL, NULL, NULL, 0));
  return 0;
}
