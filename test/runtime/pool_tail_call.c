// A plugin that ends in a tail call of a pool's function leaves no frame of its own: the function is found all the same.
// RUN: %cc -O2 -shared -fPIC -DPOOL -x c %s -o %t.pool.so
// RUN: %cc -O2 -shared -fPIC -DPLUGIN -x c %s -x none -o %t.plugin.so %t.pool.so
// RUN: %cc -g -x c %s -o %t -ldl
// RUN: env CONNSAN_OPTIONS=open_at_exit=leak %run %t %t.plugin.so 2>&1 | FileCheck %s
// UNSUPPORTED: sanitized
// CHECK: got 1
// CHECK: ERROR: ConnectionSanitizer: lease #1 of pool libzdb leaked: open at exit
#if defined(POOL)
static int One;
void *ConnectionPool_getConnection(void *Pool) { return Pool ? &One : (void *)0; }
#elif defined(PLUGIN)
void *ConnectionPool_getConnection(void *Pool);
void *pluginGet(void *Pool) { return ConnectionPool_getConnection(Pool); }
#else
#include <dlfcn.h>
#include <stdio.h>
int main(int Count, char **Arguments) {
  void *Plugin = dlopen(Arguments[Count - 1], RTLD_NOW | RTLD_LOCAL);
  if (!Plugin)
    return 1;
  void *(*Get)(void *) = (void *(*)(void *))dlsym(Plugin, "pluginGet");
  fprintf(stderr, "got %d\n", Get(&Count) != NULL);
  return 0;
}
#endif
