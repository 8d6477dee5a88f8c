// A program leaves for an empty root directory, without /proc and without the files of its own code: after it has connected,
// and before it does. What the files would have said is missing from the report, nothing else is.
// REQUIRES: as-root
// RUN: %build_c -o %t
// RUN: rm -rf %t.dir && mkdir %t.dir
// RUN: env CONNSAN_OPTIONS=held=50ms:log_path=%t.dir/log PGHOSTADDR=127.0.0.1 %as_root %run %t %t.dir after
// RUN: sh -c 'cat %t.dir/log.*[0-9]' | FileCheck %s
// RUN: env CONNSAN_OPTIONS=held=50ms:log_path=inside PGHOSTADDR=127.0.0.1 %as_root %run %t %t.dir before
// RUN: sh -c 'cat %t.dir/inside.*[0-9]' | FileCheck %s
// CHECK: connection #1 held
// CHECK: #0 PQconnectdb libpq.so.5
// CHECK-NEXT: #1 {{.+}}+0x
// CHECK: connection #1 released after
// CHECK-NEXT: ConnectionSanitizer: 1 held{{$}}
#include <libpq-fe.h>
#include <string.h>
#include <unistd.h>

int main(int argc, char **argv) {
  if (argc < 3)
    return 1;
  int Before = !strcmp(argv[2], "before");
  PGconn *Conn = Before ? NULL : PQconnectdb("");
  if (chroot(argv[1]) || chdir("/"))
    return 2;
  if (Before)
    Conn = PQconnectdb("");
  usleep(200000);
  int Bad = PQstatus(Conn) != CONNECTION_OK;
  PQfinish(Conn);
  return Bad;
}
