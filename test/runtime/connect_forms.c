// Each form of connect is one connection, whatever libpq calls inside, and is named as it was called.
// RUN: %build_c -o %t
// RUN: %run %t 2>&1 | FileCheck %s
#include <libpq-fe.h>

int main(void) {
  const char *const Keys[] = {"application_name", NULL}, *const Values[] = {"form", NULL};
  PQconnectdb("");
  PQconnectdbParams(Keys, Values, 0);
  PQsetdbLogin(NULL, NULL, NULL, NULL, NULL, NULL, NULL);
  PQsetdb(NULL, NULL, NULL, NULL, NULL);
  PQconnectStart("");
  PQconnectStartParams(Keys, Values, 0);
  return PQping("");
}
// CHECK: connection #1 open at exit
// CHECK: #0 PQconnectdb libpq
// CHECK-NEXT: #1 main {{.*}}connect_forms.c:8
// CHECK: connection #2 open at exit
// CHECK: #0 PQconnectdbParams libpq
// CHECK-NEXT: #1 main {{.*}}connect_forms.c:9
// CHECK: connection #3 open at exit
// CHECK: #0 PQsetdbLogin libpq
// CHECK-NEXT: #1 main {{.*}}connect_forms.c:10
// CHECK: connection #4 open at exit
// CHECK: #0 PQsetdbLogin libpq
// CHECK-NEXT: #1 main {{.*}}connect_forms.c:11
// CHECK: connection #5 open at exit, held {{.*}}, connecting for
// CHECK: #0 PQconnectStart libpq
// CHECK: connection #6 open at exit
// CHECK: #0 PQconnectStartParams libpq
// CHECK: {{^SUMMARY: ConnectionSanitizer: 6 open at exit$}}
