// A ROLLBACK is written before the exit, where every path there has that transaction open or never began it.
// RUN: cp %s %t.c && %fix %t.c -- %libpq_flags
// RUN: clang -fsyntax-only -Wall -Werror %t.c %libpq_flags
// RUN: FileCheck %s --input-file=%t.c --match-full-lines --strict-whitespace
#include <libpq-fe.h>
int work(PGconn *);

int unbraced(PGconn *c) {
  PQclear(PQexec(c, "BEGIN"));
  if (work(c))
    return -1;
  PQclear(PQexec(c, "COMMIT"));
  return 0;
}
//      CHECK:  if (work(c)) {
// CHECK-NEXT:    PQclear(PQexec(c, "ROLLBACK"));
// CHECK-NEXT:    return -1;
// CHECK-NEXT:  }

void loop(PGconn *c, int n) {
  for (int i = 0; i < n; i++) {
    PQclear(PQexec(c, "BEGIN"));
    if (work(c)) {
      continue;
    }
    PQclear(PQexec(c, "COMMIT"));
  }
}
//      CHECK:      PQclear(PQexec(c, "ROLLBACK"));
// CHECK-NEXT:      continue;

// The message that is returned would be that of the ROLLBACK.
const char *message(PGconn *c) {
  PQclear(PQexec(c, "BEGIN"));
  if (work(c))
    return PQerrorMessage(c);
  PQclear(PQexec(c, "COMMIT"));
  return 0;
}
//      CHECK:  if (work(c))
// CHECK-NEXT:    return PQerrorMessage(c);

// On one path there it was committed.
int shared(PGconn *c) {
  int rc = -1;
  PQclear(PQexec(c, "BEGIN"));
  if (work(c) == 0) {
    PQclear(PQexec(c, "COMMIT"));
    rc = 0;
  }
  return rc;
}
//      CHECK:    rc = 0;
// CHECK-NEXT:  }
// CHECK-NEXT:  return rc;

// A helper that begins may have a counterpart that does more.
static void begin(PGconn *c) { PQclear(PQexec(c, "BEGIN")); }
int helper(PGconn *c) {
  begin(c);
  if (work(c))
    return -1;
  PQclear(PQexec(c, "COMMIT"));
  return 0;
}
//      CHECK:  begin(c);
// CHECK-NEXT:  if (work(c))
// CHECK-NEXT:    return -1;
