// When main leaves by pthread_exit the process ends with its last thread; the watcher must not keep it alive.
// RUN: %build_cxx -o %t
// RUN: env CONNSAN_OPTIONS=open_at_exit=leak:exitcode=23 sh -c '%run %t; echo status $?' 2>&1 | FileCheck %s
// UNSUPPORTED: sanitized
// CHECK: thread ends
// CHECK: connection #1 leaked: open at exit
// CHECK: status 23
#include <cstdio>
#include <libpq-fe.h>
#include <pthread.h>
#include <unistd.h>

static void *run(void *) {
  PQconnectdb("");
  usleep(300000);
  std::fprintf(stderr, "thread ends\n");
  return nullptr;
}

int main() {
  pthread_t Thread;
  pthread_create(&Thread, nullptr, run, nullptr);
  pthread_exit(nullptr);
}
