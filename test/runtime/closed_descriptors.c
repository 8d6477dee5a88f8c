// A program closes everything, as daemons do, and opens files of its own, so many that every number is in use again:
// nothing of ours gets into any of them.
// RUN: %build_c -o %t
// RUN: rm -rf %t.dir && mkdir %t.dir
// RUN: env CONNSAN_OPTIONS=held=50ms:log_path=%t.dir/log %run %t %t.dir
// RUN: find %t.dir -name 'own.*' | wc -l | FileCheck %s
// RUN: find %t.dir -name 'own.*' -size +0 | FileCheck %s --check-prefix=WRITTEN --allow-empty
// RUN: rm -rf %t.dir && mkdir %t.dir
// RUN: env CONNSAN_OPTIONS=held=50ms %run %t %t.dir
// RUN: find %t.dir -name 'own.*' -size +0 | FileCheck %s --check-prefix=WRITTEN --allow-empty
// CHECK: 300
// WRITTEN-NOT: {{.}}
#include <fcntl.h>
#include <libpq-fe.h>
#include <stdio.h>
#include <unistd.h>

int main(int argc, char **argv) {
  if (argc < 2)
    return 1;
  PQconnectdb("application_name=one");
  for (int File = 0; File < 512; ++File)
    close(File);
  for (int I = 0; I < 300; ++I) {
    char Path[4096];
    snprintf(Path, sizeof Path, "%s/own.%d", argv[1], I);
    if (open(Path, O_WRONLY | O_CREAT | O_EXCL, 0600) < 0)
      return 2;
  }
  // Reports of these, and at exit.
  PQconnectdb("application_name=two");
  PQconnectdb("host=/nonexistent");
  usleep(300000);
  return 0;
}
