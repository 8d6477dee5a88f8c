// While a function is being typed nobody knows what it will do to its callers: release, or not return.
// RUN: %expect_status 2 %connsan check --confidence=medium %s -- %libpq_flags 2>/dev/null | FileCheck %s --implicit-check-not=warning:
#include <libpq-fe.h>
#include <stdio.h>
#include <stdlib.h>

static void fail(const char *text) {
  fputs(text, stderr
  exit(1);
}
static void fail_with_newline(const char *text) {
  fail(text);
}

int caller(int x) {
  PGconn *conn = PQconnectdb("");
  if (x) {
    fail_with_newline("x");
    return 1;
  }
  PQfinish(conn);
  return 0;
}

int other(int x) {
  PGconn *conn = PQconnectdb("");
  if (x)
    return 1;
  // CHECK: :[[@LINE-1]]:5: warning: connection 'conn' is not released on this return
  PQfinish(conn);
  return 0;
}
