// Each stage can be looked at alone.
// RUN: %expect_status 0 %connsan check --dump=facts %s -- %libpq_flags | FileCheck %s --check-prefix=FACTS
// RUN: %expect_status 0 %connsan check --dump=summaries %s -- %libpq_flags | FileCheck %s --check-prefix=SUMMARIES
// RUN: %expect_status 2 %connsan check --dump=stage %s -- 2>&1 | FileCheck %s --check-prefix=STAGE
// STAGE: connsan check: --dump: expected facts, state, summaries or models, not 'stage'
#include <libpq-fe.h>

static int finish_if(PGconn *conn, int wanted) {
  if (!wanted)
    return 0;
  PQfinish(conn);
  return 1;
}
int use(int x) {
  PGconn *conn = PQconnectdb("");
  return finish_if(conn, x);
}
// FACTS: function use
// FACTS: %[[C:[0-9]+]] = call PQconnectdb %{{[0-9]+}}
// FACTS: store %{{[0-9]+}}, %[[C]]
// FACTS: call finish_if
// FACTS: return
// FACTS: end of conn by
// SUMMARIES-DAG: finish_if: when argument 2 is 0: returns 0:{{$}}
// SUMMARIES-DAG: finish_if: when argument 2 is not 0: returns 1: releases argument 1;
