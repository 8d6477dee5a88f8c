// A libpq in a namespace of its own (dlmopen) is out of our sight: it works, and nothing is said of it.
// RUN: %build_c -o %t
// RUN: %run %t > %t.out 2>&1
// RUN: FileCheck %s < %t.out
// UNSUPPORTED: address
// AddressSanitizer would be there twice.
// CHECK: {{^connected 1$}}
// CHECK-NOT: {{.}}
#define _GNU_SOURCE
#include <dlfcn.h>
#include <libpq-fe.h>
#include <stdio.h>

int main(void) {
  void *Libpq = dlmopen(LM_ID_NEWLM, "libpq.so.5", RTLD_NOW);
  if (!Libpq)
    return 1;
  PGconn *(*Connect)(const char *) = (PGconn * (*)(const char *)) dlsym(Libpq, "PQconnectdb");
  ConnStatusType (*Status)(const PGconn *) = (ConnStatusType (*)(const PGconn *))dlsym(Libpq, "PQstatus");
  printf("connected %d\n", Status(Connect("")) == CONNECTION_OK);
  fflush(stdout);
  return 0;
}
