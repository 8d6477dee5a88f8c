// A release is written before the return, where every path there holds the resource or NULL.
// RUN: cp %s %t.c && %fix %t.c -- %libpq_flags
// RUN: clang -fsyntax-only -Wall -Werror %t.c %libpq_flags
// RUN: %expect_status 0 %connsan check %t.c -- %libpq_flags
// RUN: FileCheck %s --input-file=%t.c --match-full-lines --strict-whitespace
#include <libpq-fe.h>
#include <stdio.h>

int plain(int x) {
  PGconn *c = PQconnectdb("");
  if (PQstatus(c) != CONNECTION_OK) {
    fprintf(stderr, "%s", PQerrorMessage(c));
    return -1;
  }
  if (x == 1) {
      return NULL != 0; /* as it stands */
  }
  PQfinish(c);
  return 0;
}
//      CHECK:    fprintf(stderr, "%s", PQerrorMessage(c));
// CHECK-NEXT:    PQfinish(c);
// CHECK-NEXT:    return -1;
//      CHECK:      PQfinish(c);
// CHECK-NEXT:      return NULL != 0; /* as it stands */

int resultOrNull(PGconn *c, int x) {
  PGresult *r = NULL;
  int ok = 0;
  if (x)
    goto end;
  r = PQgetResult(c);
  if (PQresultStatus(r) != PGRES_COMMAND_OK)
    goto end;
  ok = 1;
end:
  return ok;
}
//      CHECK:end:
// CHECK-NEXT:  PQclear(r);
// CHECK-NEXT:  return ok;

int onOneLine(int x) {
  PGconn *c = PQconnectdb("");
  if (x) { puts("x"); return 1; }
  PQfinish(c);
  return 0;
}
// CHECK:  if (x) { puts("x"); PQfinish(c); return 1; }

int cases(PGconn *c) {
  PGresult *r = PQexec(c, "");
  switch (PQntuples(r)) {
  case 0: return 1;
  case 1:
    return 2;
  }
  PQclear(r);
  return 0;
}
//      CHECK:  case 0: PQclear(r); return 1;
// CHECK-NEXT:  case 1:
// CHECK-NEXT:    PQclear(r);
// CHECK-NEXT:    return 2;

void fallsOffTheEnd(void) {
	PGconn *c = PQconnectdb("");
	if (PQstatus(c) == CONNECTION_OK)
		puts("fine");
}
//      CHECK:		puts("fine");
// CHECK-NEXT:	PQfinish(c);
// CHECK-NEXT:}

void ofABlock(PGconn *c, int x) {
  if (x) {
    char *quoted = PQescapeLiteral(c, "a", 1);
    puts(quoted);
  }
}
//      CHECK:    puts(quoted);
// CHECK-NEXT:    PQfreemem(quoted);
// CHECK-NEXT:  }

int severalExits(int x) {
  PGconn *c = PQconnectdb("");
  if (x) {
    return 1;
  }
  return 0;
}
//      CHECK:  PGconn *c = PQconnectdb("");
// CHECK-NEXT:  if (x) {
// CHECK-NEXT:    PQfinish(c);
// CHECK-NEXT:    return 1;
// CHECK-NEXT:  }
// CHECK-NEXT:  PQfinish(c);
// CHECK-NEXT:  return 0;

int acquiredTwice(int x, int y) {
  PGconn *c = x ? PQconnectdb("a") : PQconnectdb("b");
  if (y) {
    return 1;
  }
  PQfinish(c);
  return 0;
}
//      CHECK:  if (y) {
// CHECK-NEXT:    PQfinish(c);
// CHECK-NEXT:    return 1;
