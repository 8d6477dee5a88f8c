// A program that gives everything back is not heard of.
// RUN: %build_c -o %t
// RUN: %run %t > %t.out 2> %t.err
// RUN: FileCheck %s < %t.out
// RUN: FileCheck %s --check-prefix=SILENT --allow-empty < %t.err
// CHECK: {{^row 1$}}
// SILENT-NOT: {{.}}
#include <libpq-fe.h>
#include <stdio.h>

int main(void) {
  PGconn *Conn = PQconnectdb("");
  PGresult *Result = PQexec(Conn, "SELECT 1");
  printf("row %s\n", PQgetvalue(Result, 0, 0));
  PQclear(Result);
  PQfinish(Conn);
  return 0;
}
