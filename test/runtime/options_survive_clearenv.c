// A program that clears its environment before it connects, as php-fpm does in its workers, has the options that it was
// started with; one that sets others has those.
// RUN: %build_c -o %t
// RUN: env CONNSAN_OPTIONS=open_at_exit=leak:exitcode=7 %run sh -c '%t; echo status $?' 2>&1 | FileCheck %s
// RUN: env CONNSAN_OPTIONS=open_at_exit=leak:exitcode=7 %run sh -c '%t others; echo status $?' 2>&1 | FileCheck %s --check-prefix=OTHERS
// CHECK: connection #1 leaked
// CHECK: status 7
// OTHERS: connection #1 open at exit
// OTHERS: status 0
#include <libpq-fe.h>
#include <stdlib.h>
#include <string.h>

int main(int argc, char **argv) {
  const char *Names[] = {"PGHOST", "PGPORT", "PGUSER", "PGPASSWORD", "PGDATABASE"};
  char *Values[5];
  for (int I = 0; I < 5; ++I) {
    const char *Value = getenv(Names[I]);
    Values[I] = Value ? strdup(Value) : NULL;
  }
  // The area itself is written over, as for the title of a process.
  char *Options = getenv("CONNSAN_OPTIONS");
  memset(Options, 'x', strlen(Options));
  clearenv();
  for (int I = 0; I < 5; ++I)
    if (Values[I])
      setenv(Names[I], Values[I], 1);
  (void)argv;
  if (argc > 1)
    setenv("CONNSAN_OPTIONS", "held=10s", 1);
  PQconnectdb("");
  return 0;
}
