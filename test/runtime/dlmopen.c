// A namespace of its own, by dlmopen, has a libpq and a C library of its own, and the runtime is not in it: it works,
// and nothing is seen or said of it. What the program does outside of it is observed as ever. (That is a connect that
// fails early: two C libraries give out the same thread-specific keys, and two OpenSSLs crash over them without us too.)
// RUN: %cc -g -shared -fPIC -DPLUGIN %libpq_flags -x c %s -o %t.so -lpq
// RUN: %build_c -o %t
// RUN: %run %t %t.so 2>&1 | FileCheck %s --check-prefix=ALONE
// RUN: %run %t %t.so own 2>&1 | FileCheck %s --check-prefix=OWN
// UNSUPPORTED: sanitized
// ALONE: rows 1
// ALONE-NOT: {{.}}
// OWN: rows 1
// OWN: connection #1 leaked: failed to connect and never finished
// OWN: SUMMARY: ConnectionSanitizer: 1 leaked
// OWN-NOT: SUMMARY
#define _GNU_SOURCE
#include <libpq-fe.h>
#ifdef PLUGIN
int pluginConnect(void) {
  PGconn *Conn = PQconnectdb("");
  PGresult *Result = PQexec(Conn, "SELECT 1");
  int Rows = PQntuples(Result);
  PQclear(Result);
  return Rows;
}
#else
#include <dlfcn.h>
#include <stdio.h>
int main(int Argc, char **Argv) {
  void *Plugin = dlmopen(LM_ID_NEWLM, Argv[1], RTLD_NOW | RTLD_LOCAL);
  if (!Plugin) {
    fprintf(stderr, "%s\n", dlerror());
    return 1;
  }
  int (*Connect)(void) = (int (*)(void))dlsym(Plugin, "pluginConnect");
  fprintf(stderr, "rows %d\n", Connect());
  if (Argc > 2)
    PQconnectdb("host=/nonesuch");
  return 0;
}
#endif
