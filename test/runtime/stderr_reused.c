// A program that has closed standard error and opened another file gets nothing written into that.
// RUN: %build_c -o %t
// RUN: env CONNSAN_OPTIONS=open_at_exit=leak %run %t %t.data
// RUN: cat %t.data | FileCheck %s --allow-empty
// CHECK-NOT: {{.}}
#include <fcntl.h>
#include <libpq-fe.h>
#include <unistd.h>

int main(int argc, char **argv) {
  if (argc < 2)
    return 1;
  PQconnectdb("");
  close(2);
  return open(argv[1], O_WRONLY | O_CREAT | O_TRUNC, 0600) != 2;
}
