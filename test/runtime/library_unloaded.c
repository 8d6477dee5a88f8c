// A plugin is unloaded, and libpq with it, while a connection is open that nobody can finish any more.
// RUN: %cc -g -shared -fPIC -DPLUGIN %libpq_flags -x c %s -o %t.so -lpq
// RUN: %cc -g -DPLUGIN_PATH='"%t.so"' %libpq_flags -x c %s -o %t -ldl
// RUN: env CONNSAN_OPTIONS=exitcode=9 not %run %t 2>&1 | FileCheck %s
// RUN: rm -rf %t.dir && mkdir %t.dir
// RUN: env CONNSAN_OPTIONS=state_path=%t.dir/app %run %t 2>%t.err
// RUN: %connsan report %t.dir | FileCheck %s --check-prefix=STATE
// STATE: 1 process (1 ended): 1 connection open, 1 leaked
// STATE: 1 1 0 1 1 0 {{.*}} s 1 pluginConnect
// UNSUPPORTED: sanitized
#ifdef PLUGIN
#include <libpq-fe.h>
PGconn *pluginConnect(void) { return PQconnectdb(""); }
void pluginFinish(PGconn *Conn) { PQfinish(Conn); }
#else
#include <dlfcn.h>
#include <stdio.h>
#include <unistd.h>
typedef void *(*ConnectFunction)(void);
typedef void (*FinishFunction)(void *);

static void *load(void) {
  void *Plugin = dlopen(PLUGIN_PATH, RTLD_NOW | RTLD_LOCAL);
  if (!Plugin)
    _exit(1);
  return Plugin;
}

int main(void) {
  // Loaded, used and unloaded without a leak.
  void *Plugin = load();
  void *Conn = ((ConnectFunction)dlsym(Plugin, "pluginConnect"))();
  ((FinishFunction)dlsym(Plugin, "pluginFinish"))(Conn);
  dlclose(Plugin);
  fprintf(stderr, "first time over\n");

  Plugin = load();
  ((ConnectFunction)dlsym(Plugin, "pluginConnect"))();
  dlclose(Plugin);

  // The runtime works with the next copy.
  Plugin = load();
  Conn = ((ConnectFunction)dlsym(Plugin, "pluginConnect"))();
  ((FinishFunction)dlsym(Plugin, "pluginFinish"))(Conn);
  fprintf(stderr, "third time over\n");
  return 0;
}
#endif
// CHECK-NOT: ConnectionSanitizer
// CHECK: first time over
// CHECK: ERROR: ConnectionSanitizer: connection #2 leaked: libpq.so.5 was unloaded while it was open
// CHECK: acquired by thread
// CHECK-NEXT: #0 PQconnectdb libpq.so.5
// CHECK-NEXT: #1 {{(pluginConnect .*library_unloaded.c:[0-9]+|library_unloaded.c.tmp.so\+0x.*)$}}
// CHECK: {{^SUMMARY: ConnectionSanitizer: 1 leaked$}}
