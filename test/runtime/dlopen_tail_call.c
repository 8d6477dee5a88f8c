// A plugin that ends in a tail call leaves no frame of its own: the real function must be found without it.
// RUN: %cc -O2 -shared -fPIC -DPLUGIN %libpq_flags -x c %s -o %t.so -lpq
// RUN: %cc -g -DPLUGIN_PATH='"%t.so"' %libpq_flags -x c %s -o %t -ldl
// RUN: %run %t 2>&1 | FileCheck %s
// UNSUPPORTED: sanitized
// CHECK: connected 1
// CHECK: connection #1 open at exit
#ifdef PLUGIN
#include <libpq-fe.h>
PGconn *pluginConnect(void) { return PQconnectdb(""); }
int pluginStatus(PGconn *Conn) { return PQstatus(Conn); }
#else
#include <dlfcn.h>
#include <stdio.h>
int main(void) {
  void *Plugin = dlopen(PLUGIN_PATH, RTLD_NOW | RTLD_LOCAL);
  if (!Plugin)
    return 1;
  void *(*Connect)(void) = (void *(*)(void))dlsym(Plugin, "pluginConnect");
  int (*Status)(void *) = (int (*)(void *))dlsym(Plugin, "pluginStatus");
  void *Conn = Connect();
  fprintf(stderr, "connected %d\n", Conn && Status(Conn) == 0);
  return 0;
}
#endif
