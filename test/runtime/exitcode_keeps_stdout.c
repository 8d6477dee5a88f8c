// The exit status is changed after everything else: what the program printed into a pipe arrives, static destructors
// and atexit handlers run, and a connection that they finish is not leaked.
// RUN: %build_c -o %t
// RUN: not %connsan run --ci -- sh -c '%t leak; echo status $?' 2>%t.err | FileCheck %s --check-prefix=LEAK
// RUN: %connsan run --ci -- sh -c '%t; echo status $?' 2>%t.err | FileCheck %s --check-prefix=CLEAN
// UNSUPPORTED: sanitized
// LEAK: printed without a newline at the end, in atexit, status 23
// CLEAN: printed without a newline at the end, in atexit, status 4
#include <libpq-fe.h>
#include <stdio.h>
#include <stdlib.h>

static PGconn *Conn;

static void atEnd(void) {
  printf("in atexit, ");
  PQfinish(Conn);
}

int main(int argc, char **argv) {
  (void)argv;
  Conn = PQconnectdb("");
  atexit(atEnd);
  if (argc > 1)
    PQconnectdb("");
  printf("printed without a newline at the end, ");
  exit(4);
}
