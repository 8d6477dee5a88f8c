// A libpq inside of a library or of the program, whose calls of it nobody sees, is named. One whose calls pass the
// runtime is not, nor is a library that stands in for a connect function and calls the real one.
// RUN: %cc -shared -fPIC -DINSIDE -Wl,-Bsymbolic -x c %s -o %t.inside.so
// RUN: %cc -shared -fPIC -DINSIDE -Wl,-Bsymbolic,--hash-style=sysv -x c %s -o %t.sysv.so
// RUN: %cc -shared -fPIC -DINSIDE -x c %s -o %t.passes.so
// RUN: %cc -shared -fPIC -DINSIDE -Wl,-Bsymbolic,-soname,libpq.so.9 -x c %s -o %t.libpq.so
// RUN: %cc -shared -fPIC -DSTANDIN -x c %s -o %t.standin.so
// RUN: %cc -DUSER -x c %s -o %t -ldl && %cc -DUSER -DINSIDE -rdynamic -x c %s -o %t.program -ldl
// RUN: %run %t %t.inside.so 2>&1 | FileCheck %s -DMODULE=%t.inside.so
// RUN: %run %t %t.sysv.so 2>&1 | FileCheck %s -DMODULE=%t.sysv.so
// RUN: %run %t.program 2>&1 | FileCheck %s -DMODULE=%t.program
// RUN: %run %t %t.passes.so %t.libpq.so > %t.out 2>&1
// RUN: FileCheck %s --check-prefix=NONE < %t.out
// RUN: env LD_PRELOAD=%t.standin.so:%runtime_lib %t %t.libpq.so 2>&1 | FileCheck %s --check-prefix=NONE
// UNSUPPORTED: sanitized
// CHECK: begin
// CHECK-NEXT: {{^}}==[[PID:[0-9]+]]==ConnectionSanitizer: [[MODULE]] has a libpq of its own inside: its connections are not observed
// CHECK-NOT: ConnectionSanitizer
// NONE: begin
// NONE-NOT: {{.}}
#ifdef INSIDE
void *PQconndefaults(void) { return 0; }
void *PQconninfoFree(void) { return 0; }
void *PQgetCancel(void) { return 0; }
void *PQconnectdb(const char *Info) { return (void *)Info; }
void *work(void) { return PQconnectdb(""); }
#endif
#ifdef STANDIN
void *PQconnectdb(const char *Info) { return (void *)Info; }
#endif
#ifdef USER
#include <dlfcn.h>
#include <stdio.h>
int main(int Argc, char **Argv) {
  fprintf(stderr, "begin\n");
  for (int I = 1; I < Argc; ++I)
    if (!dlopen(Argv[I], RTLD_NOW | RTLD_LOCAL))
      return 1;
  return 0;
}
#endif
