// A rule about an application suppresses its connections alone, also among those of one site.
// RUN: %build_c -o %t
// RUN: printf 'leak:application_name=listen*\n' > %t.supp
// RUN: env CONNSAN_OPTIONS=suppressions=%t.supp %run %t listener web listener 2>&1 | FileCheck %s
// RUN: env CONNSAN_OPTIONS=suppressions=%t.supp %run %t web listener web 2>&1 | FileCheck %s --check-prefix=WEB
#include <libpq-fe.h>
#include <stdio.h>

int main(int Count, char **Names) {
  char Info[64];
  for (int I = 1; I < Count; ++I) {
    snprintf(Info, sizeof Info, "application_name=%s", Names[I]);
    PQconnectdb(Info);
  }
  return 0;
}
// CHECK-NOT: listener
// CHECK: connection #2 leaked: left open at exit by one site
// CHECK-NOT: listener
// CHECK: {{^SUMMARY: ConnectionSanitizer: 1 leaked, 2 suppressed$}}

// WEB: 2 connections (#1 #3) leaked: left open at exit by one site
// WEB: {{^SUMMARY: ConnectionSanitizer: 2 leaked, 1 suppressed$}}
