// A password in any form of connect string, or in libpq's message about a bad one, appears nowhere.
// RUN: rm -rf %t.dir && mkdir %t.dir
// RUN: %build_c -o %t
// RUN: env CONNSAN_OPTIONS=held=100ms:verbosity=1:open_at_exit=leak:log_path=%t.dir/log %run %t 2> %t.err
// RUN: cat %t.dir/log.* %t.err > %t.all
// RUN: FileCheck %s < %t.all
// RUN: not grep -i -e hunter2 -e sesame -e sslpassword -e passfile %t.all
// CHECK: leaked
#include <libpq-fe.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

int main(void) {
  char Uri[512];
  snprintf(Uri, sizeof Uri, "postgresql://nobody:hunter2@localhost:%s/postgres", getenv("PGPORT"));
  PQconnectdb(Uri);
  PQconnectdb("password=hunter2 host=/nonexistent sslpassword=sesame passfile=/sesame");
  PQconnectdb("host=/nonexistent password='hun\\'ter2 hunter2'");
  PQconnectdb("hunter2=broken conninfo");
  PQsetdbLogin("/nonexistent", NULL, NULL, NULL, NULL, "user", "hunter2");
  PQconnectdb("");
  usleep(300000);
  return 0;
}
