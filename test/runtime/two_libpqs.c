// Two copies of libpq in one process, as a wheel that brings its own beside the system's: each connection is served by
// the copy that made it, also when another module uses it, and it is said that there are two.
// RUN: mkdir -p %t.link %t.lib
// RUN: %cc -shared -fPIC -Wl,-soname,libpq-bundled.so.5 %libpq_flags %S/Inputs/libpq17.c -o %t.link/libpq-bundled.so
// RUN: cp %libpq_so %t.lib/libpq-bundled.so.5
// RUN: %cc -g -shared -fPIC -DPLUGIN %libpq_flags -x c %s -o %t.bundled.so -L%t.link -lpq-bundled
// RUN: %cc -g -shared -fPIC -DPLUGIN %libpq_flags -x c %s -o %t.system.so -lpq
// RUN: %cc -g -x c %s -o %t -ldl
// RUN: env LD_LIBRARY_PATH=%t.lib %run %t %t.system.so %t.bundled.so 2>&1 | FileCheck %s
// UNSUPPORTED: sanitized
#ifdef PLUGIN
#include <libpq-fe.h>
PGconn *pluginConnect(void) { return PQconnectdb(""); }
int pluginQuery(PGconn *Conn) {
  PGresult *Result = PQexec(Conn, "SELECT 1");
  int Rows = PQntuples(Result);
  PQclear(Result);
  return Rows;
}
void pluginFinish(PGconn *Conn) { PQfinish(Conn); }
#else
#include <dlfcn.h>
#include <stdio.h>

struct Plugin {
  void *(*Connect)(void);
  int (*Query)(void *);
  void (*Finish)(void *);
};

static struct Plugin load(const char *Path) {
  void *Handle = dlopen(Path, RTLD_NOW | RTLD_LOCAL);
  if (!Handle)
    fprintf(stderr, "%s\n", dlerror());
  struct Plugin Result = {(void *(*)(void))dlsym(Handle, "pluginConnect"),
                          (int (*)(void *))dlsym(Handle, "pluginQuery"),
                          (void (*)(void *))dlsym(Handle, "pluginFinish")};
  return Result;
}

int main(int Count, char **Paths) {
  if (Count != 3)
    return 1;
  struct Plugin System = load(Paths[1]), Bundled = load(Paths[2]);
  void *A = System.Connect(), *B = Bundled.Connect();
  fprintf(stderr, "own: %d %d\n", System.Query(A), Bundled.Query(B));
  fprintf(stderr, "exchanged: %d %d\n", Bundled.Query(A), System.Query(B));
  System.Finish(B);
  Bundled.Connect();
  return 0;
}
#endif
// CHECK-DAG: ConnectionSanitizer: two copies of libpq are in use, each for its own connections: {{.*}}libpq.so.5 and {{.*}}libpq-bundled.so.5
// CHECK-DAG: own: 1 1
// CHECK-DAG: exchanged: 1 1
// CHECK: INFO: ConnectionSanitizer: connection #1 open at exit
// CHECK: #0 PQconnectdb libpq.so.5
// CHECK: last used
// CHECK: INFO: ConnectionSanitizer: connection #3 open at exit
// CHECK: #0 PQconnectdb libpq-bundled.so.5
// CHECK: {{^SUMMARY: ConnectionSanitizer: 2 open at exit$}}
