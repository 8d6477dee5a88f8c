// Where the exit is all that an if, else or loop has, both get braces.
// RUN: cp %s %t.c && %fix %t.c -- %libpq_flags
// RUN: clang -fsyntax-only -Wall -Werror %t.c %libpq_flags
// RUN: %expect_status 0 %connsan check %t.c -- %libpq_flags
// RUN: FileCheck %s --input-file=%t.c --match-full-lines --strict-whitespace
#include <libpq-fe.h>

int ifs(int x) {
  PGconn *c = PQconnectdb("");
  if (x == 1)
    return 1; // why
  if (x == 2) return 2;
  PQfinish(c);
  return 0;
}
//      CHECK:  if (x == 1) {
// CHECK-NEXT:    PQfinish(c);
// CHECK-NEXT:    return 1; // why
// CHECK-NEXT:  }
// CHECK-NEXT:  if (x == 2) {
// CHECK-NEXT:    PQfinish(c);
// CHECK-NEXT:    return 2;
// CHECK-NEXT:  }

int elses(int x) {
  PGconn *c = PQconnectdb("");
  if (x == 1)
    return 1;
  else if (x == 2)
    ++x;
  else
    return NULL != 0;
  PQfinish(c);
  return 0;
}
//      CHECK:  if (x == 1) {
// CHECK-NEXT:    PQfinish(c);
// CHECK-NEXT:    return 1;
// CHECK-NEXT:  } else if (x == 2)
// CHECK-NEXT:    ++x;
// CHECK-NEXT:  else {
// CHECK-NEXT:    PQfinish(c);
// CHECK-NEXT:    return NULL != 0;
// CHECK-NEXT:  }

int comments(int x) {
  PGconn *c = PQconnectdb("");
  if (x) // before
    // and here
    return 1;
  PQfinish(c);
  return 0;
}
//      CHECK:  if (x) { // before
// CHECK-NEXT:    // and here
// CHECK-NEXT:    PQfinish(c);
// CHECK-NEXT:    return 1;
// CHECK-NEXT:  }

int loops(int x)
{
	PGconn *c = PQconnectdb("");
	while (x > 3)
		return 3;
	for (; x > 2;)
		return 2;
	PQfinish(c);
	return 0;
}
//      CHECK:	while (x > 3) {
// CHECK-NEXT:		PQfinish(c);
// CHECK-NEXT:		return 3;
// CHECK-NEXT:	}
// CHECK-NEXT:	for (; x > 2;) {
// CHECK-NEXT:		PQfinish(c);
// CHECK-NEXT:		return 2;
// CHECK-NEXT:	}

int longConditions(int x, int y) {
  PGconn *c = PQconnectdb("");
  if (x &&
      y)
    return 3;
  PQfinish(c);
  return 0;
}
//      CHECK:      y) {
// CHECK-NEXT:    PQfinish(c);
// CHECK-NEXT:    return 3;
// CHECK-NEXT:  }
