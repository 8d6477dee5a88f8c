// A mistake in an annotation is one line with its place.
// RUN: %expect_status 2 %connsan check %s -- -I%S/../../include %libpq_flags 2>&1 | FileCheck %s --implicit-check-not=warning:
// RUN: %clang_tidy -load %connsan_tidy --checks='-*,connsan-*' %s -- -I%S/../../include %libpq_flags 2>&1 | FileCheck %s --check-prefix=TIDY
#include <connsan/annotations.h>
#include <libpq-fe.h>

CONNSAN_RELEASE(first) void close_first(PGconn *conn);
// CHECK-DAG: connsan check: {{.*}}annotation_mistakes.c:[[@LINE-1]]:1: expected the number of an argument, from 1 to 1, not 'first'
// TIDY: warning: {{.*}}annotation_mistakes.c:[[@LINE-2]]:1: expected the number of an argument, from 1 to 1, not 'first' [clang-tidy-config]

CONNSAN_RELEASE_IF(1, sometimes) void close_sometimes(PGconn *conn);
// CHECK-DAG: connsan check: {{.*}}annotation_mistakes.c:[[@LINE-1]]:1: expected zero, nonzero, null, nonnull, negative, positive, ok or bad, not 'sometimes'

CONNSAN_ACQUIRE("connection") PGconn *get(void);
CONNSAN_RETURNS_BORROWED PGconn *get(void);
// CHECK-DAG: connsan check: {{.*}}annotation_mistakes.c:[[@LINE-1]]:1: a second 'returns'; expected one

CONNSAN_BORROW(2) CONNSAN_SQL(3) void run(PGconn *conn, const char *sql);
// CHECK-DAG: connsan check: {{.*}}annotation_mistakes.c:[[@LINE-1]]:19: expected the number of an argument, from 1 to 2, not '3'

CONNSAN_SQL(9) void run_formatted(PGconn *conn, const char *sql, ...);
__attribute__((annotate("somebody else's"))) void other(PGconn *conn);
void defined(void) {}
