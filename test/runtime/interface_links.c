// A program with the interface links without the runtime and finds it when it is there: as a PIE and not,
// without PLT, and in a shared library.
// RUN: %cc %libpq_flags -I%include -x c %s -o %t.pie -fPIE -pie -lpq
// RUN: %cc %libpq_flags -I%include -O2 -x c %s -o %t.noplt -fPIE -pie -fno-plt -Wl,-z,now -lpq
// RUN: %cc %libpq_flags -I%include -O2 -x c %s -o %t.nopie -fPIE -no-pie -lpq
// RUN: %cc %libpq_flags -I%include -shared -fPIC -DLIBRARY -x c %s -o %t.so -lpq
// RUN: %cc %libpq_flags -I%include -DMAIN -x c %s -x none -o %t.main %t.so
// RUN: %run %t.pie | FileCheck %s
// RUN: %run %t.noplt | FileCheck %s
// RUN: %run %t.nopie | FileCheck %s
// RUN: %run %t.main | FileCheck %s
// RUN: %t.pie | FileCheck %s --check-prefix=WITHOUT
// RUN: %t.noplt | FileCheck %s --check-prefix=WITHOUT
// RUN: %t.nopie | FileCheck %s --check-prefix=WITHOUT
// RUN: %t.main | FileCheck %s --check-prefix=WITHOUT
// UNSUPPORTED: sanitized
#include <connsan/connsan.h>
#include <libpq-fe.h>
#include <stdio.h>
#ifndef MAIN
int program(void) {
  PGconn *Conn = PQconnectdb("");
  printf("%d open\n", connsan_check());
  connsan_ignore(Conn);
  connsan_disable();
  connsan_enable();
  connsan_default_options("");
  connsan_pooled(Conn, "pool");
  connsan_check_out(Conn, Conn, NULL);
  connsan_check_in(Conn);
  PQfinish(Conn);
  return 0;
}
#else
int program(void);
#endif
#ifndef LIBRARY
int main(void) { return program(); }
#endif
// CHECK: 1 open
// WITHOUT: 0 open
