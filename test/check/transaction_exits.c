// A transaction that some exits end is ended on all of them.
// RUN: %leaks | FileCheck %s --implicit-check-not=warning:
#include <libpq-fe.h>
#include <stdlib.h>
int work(PGconn *);
#define RUN(c, sql) PQclear(PQexec(c, sql))

int early_return(PGconn *c) {
  RUN(c, "BEGIN");
  if (work(c))
    return -1;
  // CHECK: :[[@LINE-1]]:5: warning: the transaction on 'c' is neither committed nor rolled back on this return [connsan-unfinished-transaction]
  // CHECK: :[[@LINE-4]]:3: note: begun here by 'PQexec'
  // CHECK: :[[@LINE-4]]:7: note: taken when 'work(c)' is true
  // CHECK: :[[@LINE+1]]:3: note: ended here on another path
  RUN(c, "COMMIT");
  return 0;
}

int rolled_back(PGconn *c) {
  RUN(c, "BEGIN");
  if (work(c)) {
    RUN(c, "ROLLBACK");
    return -1;
  }
  RUN(c, "COMMIT");
  return 0;
}

void falls_off(PGconn *c) {
  RUN(c, "BEGIN");
  if (work(c) == 0)
    RUN(c, "COMMIT");
  // CHECK: :[[@LINE+1]]:1: warning: the transaction on 'c' is neither committed nor rolled back before the end of 'falls_off'
}

void closed_after_the_loop(const char *where) {
  PGconn *c = PQconnectdb(where);
  for (;;) {
    RUN(c, "BEGIN");
    if (work(c))
      break;
    RUN(c, "COMMIT");
  }
  PQfinish(c);
}

struct Session {
  PGconn *c;
};

static void disconnect(struct Session *s) {
  PQfinish(s->c);
  s->c = NULL;
}

void closed_by_a_helper(struct Session *s) {
  for (;;) {
    RUN(s->c, "BEGIN");
    if (work(s->c))
      break;
    RUN(s->c, "COMMIT");
  }
  disconnect(s);
}

void closed_only_at_times(PGconn *c, int own) {
  for (;;) {
    RUN(c, "BEGIN");
    if (work(c))
      break;
    RUN(c, "COMMIT");
  }
  if (own)
    PQfinish(c);
  // CHECK: :[[@LINE+1]]:1: warning: the transaction on 'c' is neither committed nor rolled back before the end of 'closed_only_at_times'
}

int past_the_cleanup(PGconn *c, int x) {
  int rc = -1;
  RUN(c, "BEGIN");
  if (x == 1)
    goto fail;
  if (x == 2)
    goto out;
  // CHECK: :[[@LINE-1]]:5: warning: the transaction on 'c' is neither committed nor rolled back before this 'goto'
  RUN(c, "COMMIT");
  return 0;
fail:
  RUN(c, "ROLLBACK");
out:
  return rc;
}

void batches(PGconn *c, int n) {
  for (int i = 0; i < n; i++) {
    RUN(c, "BEGIN");
    if (work(c))
      continue;
    // CHECK: :[[@LINE-1]]:7: warning: the transaction on 'c' is neither committed nor rolled back before this 'continue'
    RUN(c, "COMMIT");
  }
}

void stops(PGconn *c, int n) {
  while (n-- > 0) {
    RUN(c, "BEGIN");
    if (work(c))
      break;
    // CHECK: :[[@LINE-1]]:7: warning: the transaction on 'c' is neither committed nor rolled back before this 'break'
    RUN(c, "COMMIT");
  }
}

// One transaction for many turns, and inner loops with jumps of their own.
void one_for_all(PGconn *c, int n) {
  RUN(c, "BEGIN");
  for (int i = 0; i < n; i++) {
    if (i == 7)
      continue;
    if (work(c))
      break;
  }
  RUN(c, "COMMIT");
}
void many_turns(PGconn *c, int n) {
  for (int i = 0; i < n; i++) {
    if (i % 100 == 0)
      RUN(c, "BEGIN");
    work(c);
    if (i % 100 == 99 || i == n - 1)
      RUN(c, "COMMIT");
  }
}
int tries_again(PGconn *c) {
  for (;;) {
    RUN(c, "BEGIN");
    if (work(c)) {
      RUN(c, "ROLLBACK");
      continue;
    }
    RUN(c, "COMMIT");
    return 0;
  }
}

// The end of the process, or of the connection, is the end of the transaction.
int gives_up(PGconn *c) {
  RUN(c, "BEGIN");
  if (work(c))
    exit(1);
  if (work(c)) {
    PQfinish(c);
    return -1;
  }
  if (work(c)) {
    PQreset(c);
    return -1;
  }
  RUN(c, "COMMIT");
  return 0;
}
int broken(PGconn *c) {
  RUN(c, "BEGIN");
  work(c);
  if (PQstatus(c) != CONNECTION_OK)
    return -1;
  RUN(c, "COMMIT");
  return 0;
}

// What nobody ends may be what the callers want.
void opens(PGconn *c) { RUN(c, "BEGIN"); }
int opens_after_all(PGconn *c) {
  RUN(c, "BEGIN");
  if (work(c)) {
    RUN(c, "ROLLBACK");
    return 0;
  }
  return 1;
}

// A connection that leaks takes its transaction with it; that is said once.
int leaks(int x) {
  PGconn *c = PQconnectdb("");
  RUN(c, "BEGIN");
  if (x)
    return -1;
  // CHECK: :[[@LINE-1]]:5: warning: connection 'c' is not released on this return
  RUN(c, "COMMIT");
  PQfinish(c);
  return 0;
}

int main(int argc, char **argv) {
  PGconn *c = PQconnectdb(argv[0]);
  RUN(c, "BEGIN");
  if (argc > 1)
    return 1;
  RUN(c, "COMMIT");
  return 0;
}
