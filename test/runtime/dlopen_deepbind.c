// A plugin that is opened with RTLD_DEEPBIND is seen when it uses libpq, and keeps the flag when it does not. Whoever calls
// dlopen is the one whose library path is searched.
// RUN: rm -rf %t.dir && mkdir -p %t.dir/beside
// RUN: %cc -g -shared -fPIC -DPLUGIN %libpq_flags -x c %s -o %t.dir/plugin.so -lpq
// RUN: %cc -g -shared -fPIC -DOTHER -x c %s -o %t.dir/other.so
// RUN: %cc -g -shared -fPIC -DBESIDE -x c %s -o %t.dir/beside/beside.so
// RUN: %cc -g -rdynamic -DDIRECTORY='"%t.dir"' -Wl,-rpath,'$ORIGIN/%basename_t.tmp.dir/beside' -x c %s -o %t -ldl
// RUN: %t | FileCheck %s --check-prefix=BARE
// RUN: %run %t 2>&1 | FileCheck %s --check-prefixes=BARE,CHECK
// UNSUPPORTED: sanitized
// BARE: other 2
// BARE-NEXT: beside 3
// BARE-NEXT: connected
// CHECK: INFO: ConnectionSanitizer: connection #1 open at exit
// CHECK: #0 PQconnectdb libpq.so.5
// CHECK-NEXT: #1 pluginConnect {{.*}}dlopen_deepbind.c:
// CHECK-NEXT: #2 callIn {{.*}}dlopen_deepbind.c:
// CHECK: {{^SUMMARY: ConnectionSanitizer: 1 open at exit$}}
#if defined(PLUGIN)
#include <libpq-fe.h>
int pluginConnect(void) { return PQstatus(PQconnectdb("")) == CONNECTION_OK; }
#elif defined(OTHER)
int number(void) { return 2; }
int call(void) { return number(); }
#elif defined(BESIDE)
int call(void) { return 3; }
#else
#include <dlfcn.h>
#include <stdio.h>

int number(void) { return 1; }

static int callIn(const char *Path, const char *Name) {
  void *Plugin = dlopen(Path, RTLD_NOW | RTLD_DEEPBIND);
  if (!Plugin) {
    puts(dlerror());
    return 0;
  }
  return ((int (*)(void))dlsym(Plugin, Name))();
}

int main(void) {
  printf("other %d\n", callIn(DIRECTORY "/other.so", "call"));
  printf("beside %d\n", callIn("beside.so", "call"));
  puts(callIn(DIRECTORY "/plugin.so", "pluginConnect") ? "connected" : "not connected");
  fflush(stdout);
  return 0;
}
#endif
