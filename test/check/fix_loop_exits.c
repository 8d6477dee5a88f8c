// Before a break and a continue.
// RUN: cp %s %t.c && %fix %t.c -- %libpq_flags
// RUN: clang -fsyntax-only -Wall -Werror %t.c %libpq_flags
// RUN: %expect_status 0 %connsan check %t.c -- %libpq_flags
// RUN: FileCheck %s --input-file=%t.c --match-full-lines --strict-whitespace
#include <libpq-fe.h>

int connections(int n) {
  int good = 0;
  for (int i = 0; i < n; ++i) {
    PGconn *c = PQconnectdb("");
    if (PQstatus(c) != CONNECTION_OK)
      continue;
    if (PQbackendPID(c) == 0) {
      break;
    }
    PQfinish(c);
    ++good;
  }
  return good;
}
//      CHECK:    if (PQstatus(c) != CONNECTION_OK) {
// CHECK-NEXT:      PQfinish(c);
// CHECK-NEXT:      continue;
// CHECK-NEXT:    }
// CHECK-NEXT:    if (PQbackendPID(c) == 0) {
// CHECK-NEXT:      PQfinish(c);
// CHECK-NEXT:      break;
// CHECK-NEXT:    }

int rows(PGconn *c, int n) {
  int sum = 0;
  while (n-- > 0) {
    PGresult *r = PQexec(c, "");
    switch (PQntuples(r)) {
    case 0:
      continue;
    default:
      break;
    }
    sum += PQntuples(r);
    PQclear(r);
  }
  return sum;
}
//      CHECK:    case 0:
// CHECK-NEXT:      PQclear(r);
// CHECK-NEXT:      continue;
// CHECK-NEXT:    default:
// CHECK-NEXT:      break;
