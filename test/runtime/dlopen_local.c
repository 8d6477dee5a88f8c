// A plugin that was opened for local use brings its own libpq into no global scope: it is seen all the same.
// RUN: %cc -g -shared -fPIC -DPLUGIN %libpq_flags -x c %s -o %t.so -lpq
// RUN: %cc -g -DPLUGIN_PATH='"%t.so"' %libpq_flags -x c %s -o %t -ldl
// RUN: %run %t 2>&1 | FileCheck %s
// UNSUPPORTED: sanitized
// CHECK: rows 1
// CHECK: INFO: ConnectionSanitizer: connection #2 open at exit
// CHECK: #0 PQconnectdb libpq.so.5
// CHECK-NEXT: #1 pluginConnect {{.*}}dlopen_local.c:
// CHECK-NEXT: #2 main {{.*}}dlopen_local.c:
// CHECK: by PQexec at:
// CHECK: {{^SUMMARY: ConnectionSanitizer: 1 open at exit$}}
#ifdef PLUGIN
#include <libpq-fe.h>
int pluginConnect(void) {
  PQfinish(PQconnectdb(""));
  PGconn *Conn = PQconnectdb("");
  PGresult *Result = PQexec(Conn, "SELECT 1");
  int Rows = PQntuples(Result);
  PQclear(Result);
  return Rows;
}
#else
#include <dlfcn.h>
#include <stdio.h>
int main(void) {
  void *Plugin = dlopen(PLUGIN_PATH, RTLD_NOW | RTLD_LOCAL);
  if (!Plugin)
    return 1;
  int (*Connect)(void) = (int (*)(void))dlsym(Plugin, "pluginConnect");
  fprintf(stderr, "rows %d\n", Connect());
  return 0;
}
#endif
