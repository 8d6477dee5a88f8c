// A program connects and replaces itself, with the socket handed on: no descriptor of ours is, and the new program is one
// that has no connection.
// RUN: %build_c -o %t
// RUN: rm -rf %t.dir && mkdir %t.dir
// RUN: env CONNSAN_OPTIONS=held=50ms:log_path=%t.dir/log %run %t > %t.out 2>&1
// RUN: FileCheck %s < %t.out
// RUN: ls %t.dir | wc -l | FileCheck %s --check-prefix=LOGS
// CHECK: {{^descriptors 0 1 2 9, server answers 1$}}
// CHECK-NOT: {{.}}
// LOGS: 2
#include <fcntl.h>
#include <libpq-fe.h>
#include <stdio.h>
#include <unistd.h>

int main(int argc, char **argv) {
  if (argc > 1) {
    printf("descriptors");
    for (int File = 0; File < 1024; ++File)
      if (fcntl(File, F_GETFD) >= 0)
        printf(" %d", File);
    // A query in the protocol's own words: the session goes on.
    char Query[] = "Q\0\0\0\x0dSELECT 1", Answer[256];
    if (write(9, Query, 14) != 14)
      return 1;
    printf(", server answers %d\n", read(9, Answer, sizeof Answer) > 0 && Answer[0] == 'T');
    return 0;
  }
  PGconn *Conn = PQconnectdb("sslmode=disable");
  usleep(200000);
  dup2(PQsocket(Conn), 9);
  fcntl(9, F_SETFL, 0);
  execl(argv[0], argv[0], "again", (char *)NULL);
  return 1;
}
