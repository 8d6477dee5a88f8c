// The ways out that run no handlers still end with the last report, and with the status that a leak asks for.
// RUN: %build_c -o %t
// RUN: env CONNSAN_OPTIONS=open_at_exit=leak:exitcode=23 sh -c '%run %t _exit; echo status $?' 2>&1 | FileCheck %s
// RUN: env CONNSAN_OPTIONS=open_at_exit=leak:exitcode=23 sh -c '%run %t _Exit; echo status $?' 2>&1 | FileCheck %s
// RUN: env CONNSAN_OPTIONS=open_at_exit=leak:exitcode=23 sh -c '%run %t quick_exit; echo status $?' 2>&1 | FileCheck %s
// RUN: env CONNSAN_OPTIONS=open_at_exit=info:exitcode=23 sh -c '%run %t quick_exit; echo status $?' 2>&1 | FileCheck %s --check-prefix=INFO
// RUN: env CONNSAN_OPTIONS=open_at_exit=leak:exitcode=23 sh -c '%run %t signal; echo status $?' 2>&1 | FileCheck %s
// UNSUPPORTED: sanitized
// CHECK: connection #1 leaked: open at exit
// CHECK: {{^SUMMARY: ConnectionSanitizer: 1 leaked$}}
// CHECK: {{^status 23$}}
// INFO: {{^SUMMARY: ConnectionSanitizer: 1 open at exit$}}
// INFO: {{^status 3$}}
#include <libpq-fe.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void onSignal(int Number) {
  (void)Number;
  _exit(3);
}

int main(int argc, char **argv) {
  if (argc < 2 || !PQconnectdb(""))
    return 1;
  if (!strcmp(argv[1], "_exit"))
    _exit(3);
  if (!strcmp(argv[1], "_Exit"))
    _Exit(3);
  if (!strcmp(argv[1], "signal")) {
    signal(SIGTERM, onSignal);
    raise(SIGTERM);
  }
  quick_exit(3);
}
