// A function that the loaded libpq lacks does not seem to exist because the runtime has a wrapper for it: neither to a
// program that looks for it by name nor by a weak reference, of its own or of a library that is loaded later.
// RUN: %cc -shared -fPIC -DPLUGIN %libpq_flags -x c %s -o %t.so
// RUN: %build_c -DPLUGIN_PATH='"%t.so"' -o %t
// RUN: %t > %t.bare
// RUN: %run %t > %t.preloaded
// RUN: %build_c -DPLUGIN_PATH='"%t.so"' -Wl,-z,now,-z,relro -o %t.now
// RUN: %run %t.now > %t.preloaded.now
// RUN: diff %t.bare %t.preloaded.now
// RUN: diff %t.bare %t.preloaded
// RUN: FileCheck %s < %t.preloaded
// CHECK-DAG: PQexec exists
// CHECK-DAG: PQconnectdb is the one that is called
// CHECK-DAG: weak: PQdescribePortal exists
// CHECK-DAG: weak: PQclosePortal {{exists|is missing}}
// CHECK-DAG: PQclosePrepared {{exists|is missing}}
// CHECK-DAG: plugin: PQclosePrepared {{exists|is missing}}
#define _GNU_SOURCE
#include <dlfcn.h>
#include <libpq-fe.h>
#include <stdio.h>
#ifdef PLUGIN
PGresult *PQclosePrepared(PGconn *, const char *) __attribute__((weak));
int pluginSees(void) { return PQclosePrepared != NULL; }
#else
static void look(const char *Name) {
  printf("%s %s\n", Name, dlsym(RTLD_DEFAULT, Name) ? "exists" : "is missing");
}

PGresult *PQclosePortal(PGconn *, const char *) __attribute__((weak));
PGresult *PQdescribePortal(PGconn *, const char *) __attribute__((weak));

int main(void) {
  printf("weak: PQclosePortal %s\n", PQclosePortal ? "exists" : "is missing");
  printf("weak: PQdescribePortal %s\n", PQdescribePortal ? "exists" : "is missing");
  const char *Names[] = {"PQexec",         "PQpipelineSync",      "PQclosePrepared",   "PQclosePortal",
                         "PQcancelCreate", "PQcancelFinish",      "PQsendPipelineSync", "PQsendClosePrepared",
                         "PQcancelPoll",   "PQcancelStart",       "PQcancelBlocking",  "PQcancelReset",
                         "PQchangePassword", "PQsendClosePortal", "PQnonsense"};
  for (unsigned I = 0; I < sizeof Names / sizeof *Names; ++I)
    look(Names[I]);
  printf("PQconnectdb is %s\n",
         dlsym(RTLD_DEFAULT, "PQconnectdb") == (void *)PQconnectdb ? "the one that is called" : "another");
  PQfinish(PQconnectdb(""));
  look("PQclosePrepared");
  void *Plugin = dlopen(PLUGIN_PATH, RTLD_NOW);
  int (*Sees)(void) = Plugin ? (int (*)(void))dlsym(Plugin, "pluginSees") : NULL;
  printf("plugin: PQclosePrepared %s\n", !Sees ? "cannot be asked for" : Sees() ? "exists" : "is missing");
  return 0;
}
#endif
