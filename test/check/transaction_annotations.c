// The annotations that speak of transactions say what the models say.
// RUN: %leaks -I%S/../../include | FileCheck %s --implicit-check-not=warning:
#include <connsan/annotations.h>
#include <libpq-fe.h>
CONNSAN_TRANSACTION(begins) void begin(PGconn *);
CONNSAN_TRANSACTION_IF(begins, zero) int try_begin(PGconn *);
CONNSAN_TRANSACTION(ends) int commit(PGconn *);
CONNSAN_TRANSACTION(rolls_back) void roll_back(PGconn *);
CONNSAN_SQL_IF(2, nonzero) int run(PGconn *, const char *);
CONNSAN_TEXT_OF(1) const char *translated(const char *);
CONNSAN_TEXT_OF_INTO(2, 1) void format(char *, const char *, ...);
int work(PGconn *);

int begun(PGconn *c) {
  begin(c);
  if (work(c))
    return -1;
  // CHECK: :[[@LINE-1]]:5: warning: the transaction on 'c' is neither
  // CHECK: :[[@LINE-4]]:3: note: begun here by 'begin'
  commit(c);
  return 0;
}
int tried(PGconn *c) {
  if (try_begin(c) != 0)
    return -1;
  if (work(c)) {
    roll_back(c);
    return -1;
  }
  if (work(c))
    return -2;
  // CHECK: :[[@LINE-1]]:5: warning: the transaction on 'c' is neither
  commit(c);
  return 0;
}
int run_as_text(PGconn *c, const char *level) {
  char text[80];
  format(text, translated("BEGIN ISOLATION LEVEL %s"), level);
  if (!run(c, text))
    return -1;
  if (work(c))
    return -2;
  // CHECK: :[[@LINE-1]]:5: warning: the transaction on 'c' is neither
  run(c, translated("COMMIT"));
  return 0;
}
