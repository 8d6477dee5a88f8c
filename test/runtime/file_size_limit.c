// The log meets the limit of a file's size, or of the disk, in the middle of a report: the program is not sent SIGXFSZ, ends
// as it would, and keeps its status; also where no thread of ours does the writing.
// RUN: %build_c -rdynamic -o %t
// RUN: rm -rf %t.dir && mkdir %t.dir
// RUN: env CONNSAN_OPTIONS=held=50ms:log_path=%t.dir/log sh -c '%run %t; echo status $?' 2>&1 | FileCheck %s
// RUN: env CONNSAN_OPTIONS=held=50ms:log_path=%t.dir/log sh -c '%run %t alone; echo status $?' 2>&1 | FileCheck %s
// RUN: env CONNSAN_OPTIONS=held=50ms sh -c '%run %t 2>/dev/full; echo status $?' | FileCheck %s
// RUN: find %t.dir -type f -size +1 | FileCheck %s --check-prefix=LARGE --allow-empty
// CHECK: the program ends
// CHECK-NEXT: status 3
// LARGE-NOT: {{.}}
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <libpq-fe.h>
#include <pthread.h>
#include <stdio.h>
#include <sys/resource.h>
#include <unistd.h>

static int Alone;

int pthread_create(pthread_t *Thread, const pthread_attr_t *Attributes, void *(*Run)(void *), void *Arg) {
  int (*Real)(pthread_t *, const pthread_attr_t *, void *(*)(void *), void *) =
      (int (*)(pthread_t *, const pthread_attr_t *, void *(*)(void *), void *))dlsym(RTLD_NEXT, "pthread_create");
  return Alone ? EAGAIN : Real(Thread, Attributes, Run, Arg);
}

int main(int argc, char **argv) {
  (void)argv;
  Alone = argc > 1;
  struct rlimit Limit = {256, 256};
  setrlimit(RLIMIT_FSIZE, &Limit);
  PQconnectdb("application_name=one");
  PQconnectdb("application_name=two");
  usleep(300000);
  printf("the program ends\n");
  fflush(stdout);
  return 3;
}
