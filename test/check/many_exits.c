// Three exits are shown, the rest is counted.
// RUN: %leaks > %t
// RUN: FileCheck %s < %t
// RUN: grep -c warning: %t | FileCheck %s --check-prefix=COUNT
// COUNT: {{^}}3{{$}}
#include <libpq-fe.h>

int steps(int n) {
  PGconn *conn = PQconnectdb("");
  if (n == 1) return 1;
  if (n == 2) return 2;
  if (n == 3) return 3;
  // CHECK: :10:15: warning:
  // CHECK: :11:15: warning:
  // CHECK: :12:15: warning:
  // CHECK: :9:18: note: 2 more exits do not release it
  if (n == 4) return 4;
  if (n == 5) return 5;
  PQfinish(conn);
  return 0;
}
