// A program leaves a low descriptor closed, to open a file of its own there later, as daemons do. What a report needs of
// files is read from high ones: a low one is in use only until the file is moved.
// RUN: %build_c -rdynamic -o %t
// RUN: env CONNSAN_OPTIONS=held=100ms %run %t 2>&1 | FileCheck %s
// UNSUPPORTED: thread
// ThreadSanitizer's own functions are the ones that are called.
// CHECK-DAG: #1 main {{.*}}low_descriptors.c:
// CHECK-DAG: read from high descriptors 1, from low ones 0
#define _GNU_SOURCE
#include <libpq-fe.h>
#include <pthread.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

static pthread_t Main;
static int High, Low;

static void note(int File) {
  if (File >= 0 && !pthread_equal(pthread_self(), Main))
    ++*(File < 100 ? &Low : &High);
}

// The ways in which the runtime gets at the contents of a file.
ssize_t pread(int File, void *To, size_t Size, off_t At) {
  note(File);
  return syscall(SYS_pread64, File, To, Size, At);
}
ssize_t read(int File, void *To, size_t Size) {
  note(File);
  return syscall(SYS_read, File, To, Size);
}
void *mmap(void *Where, size_t Size, int Protection, int Flags, int File, off_t At) {
  note(File);
  return (void *)syscall(SYS_mmap, Where, Size, Protection, Flags, File, At);
}

int main(void) {
  Main = pthread_self();
  PGconn *Conn = PQconnectdb("");
  for (int I = 0; I < 100 && High < 3; ++I)
    usleep(100000);
  fprintf(stderr, "read from high descriptors %d, from low ones %d\n", High > 2, Low);
  PQfinish(Conn);
  return 0;
}
