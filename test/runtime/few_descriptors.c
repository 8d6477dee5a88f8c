// No descriptor is left when the program connects first: what the program sees is what it sees without us, and the report
// goes to standard error, since no log can be opened.
// RUN: %build_c -o %t
// RUN: rm -rf %t.dir && mkdir %t.dir
// RUN: sh -c 'ulimit -n 24; %t' > %t.bare
// RUN: env CONNSAN_OPTIONS=log_path=%t.dir/log sh -c 'ulimit -n 24; %run %t' > %t.preloaded 2> %t.err
// RUN: diff %t.bare %t.preloaded
// RUN: FileCheck %s < %t.preloaded
// RUN: FileCheck %s --check-prefix=ERR < %t.err
// CHECK: nsome left: failed, 0 descriptors
// CHECK-NEXT: some left: connected
// ERR: cannot create the log {{.*}}: Too many open files
// ERR: 1 open at exit
#include <fcntl.h>
#include <libpq-fe.h>
#include <stdio.h>
#include <unistd.h>

int main(void) {
  int Last = -1;
  for (int File; (File = open("/dev/null", O_RDONLY)) >= 0;)
    Last = File;
  PGconn *Conn = PQconnectdb("hostaddr=127.0.0.1 sslmode=disable");
  int Left = 0;
  for (int File; (File = open("/dev/null", O_RDONLY)) >= 0; ++Left)
    ;
  printf("nsome left: %s, %d descriptors\n", PQstatus(Conn) == CONNECTION_OK ? "connected" : "failed", Left);
  PQfinish(Conn);
  for (int I = 0; I < 8; ++I)
    close(Last--);
  Conn = PQconnectdb("hostaddr=127.0.0.1 sslmode=disable");
  printf("some left: %s\n", PQstatus(Conn) == CONNECTION_OK ? "connected" : "failed");
  return 0;
}
