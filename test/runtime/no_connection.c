// A connect that returns NULL, since memory is out, makes no record; in any form.
// RUN: %build_fake
// RUN: env CONNSAN_OPTIONS=held=10ms:open_at_exit=leak:exitcode=9 %run %t > %t.out 2>&1
// RUN: FileCheck %s < %t.out
// CHECK: {{^5 of 5 are NULL$}}
// CHECK-NOT: {{.}}
#include <libpq-fe.h>
#include <stdio.h>
#include <unistd.h>

int main(void) {
  const char *const Keys[] = {"dbname", NULL}, *const Values[] = {"fail", NULL};
  int Null = !PQconnectdb("fail") + !PQconnectdbParams(Keys, Values, 0) + !PQconnectStart("fail") +
             !PQconnectStartParams(Keys, Values, 0) + !PQsetdbLogin("fail", "", "", "", "", "", "");
  usleep(100000);
  printf("%d of 5 are NULL\n", Null);
  return 0;
}
