// abort and a fatal signal end the process as without us: the same status, no report, no delay.
// RUN: %build_c -o %t
// RUN: not --crash %run %t 6 2>&1 | FileCheck %s --allow-empty
// RUN: not --crash %run %t 11 2>&1 | FileCheck %s --allow-empty
// RUN: not --crash %run %t 15 2>&1 | FileCheck %s --allow-empty
// RUN: not --crash %run %t 9 2>&1 | FileCheck %s --allow-empty
// CHECK-NOT: ConnectionSanitizer
// UNSUPPORTED: sanitized
// The sanitizers handle the signals.
#include <libpq-fe.h>
#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

int main(int argc, char **argv) {
  if (argc < 2)
    return 1;
  PQconnectdb("");
  int Number = atoi(argv[1]);
  if (Number == SIGABRT)
    abort();
  raise(Number);
  return 0;
}
