// A password that libpq takes from the environment, a password file, a service file or an escaped URI is not seen either,
// in text or JSON, also when the server refuses it.
// RUN: rm -rf %t.dir && mkdir %t.dir
// RUN: %build_c -o %t
// RUN: echo '*:*:*:*:swordfish' > %t.dir/pass && chmod 600 %t.dir/pass
// RUN: printf '[ours]\npassword=swordfish\nhost=localhost\n' > %t.dir/services
// RUN: env PGPASSWORD=swordfish CONNSAN_OPTIONS=held=50ms:verbosity=1:open_at_exit=leak:log_path=%t.dir/log %run %t %t.dir/pass > %t.dir/out 2>&1
// RUN: env -u PGPASSWORD PGPASSFILE=%t.dir/pass CONNSAN_OPTIONS=held=50ms:verbosity=1:open_at_exit=leak %run %t %t.dir/pass > %t.dir/out2 2>&1
// RUN: env -u PGPASSWORD PGSERVICEFILE=%t.dir/services PGSERVICE=ours CONNSAN_OPTIONS=held=50ms:open_at_exit=leak %run %t %t.dir/pass > %t.dir/out3 2>&1
// RUN: sh -c 'cat %t.dir/log.* %t.dir/out*' > %t.all
// RUN: grep -c 'ERROR: ConnectionSanitizer: .* leaked' %t.all | FileCheck %s
// RUN: not grep -i -e swordfish -e sword%%66ish -e "sword'fish" -e 'sword.fish' %t.all
// CHECK: {{^18$}}
#include <libpq-fe.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

int main(int argc, char **argv) {
  if (argc < 2)
    return 1;
  char Info[4096];
  static PGconn *Kept[6];
  Kept[0] = PQconnectdb("user=nobody_known dbname=postgres");
  snprintf(Info, sizeof Info, "user=nobody_known passfile='%s'", argv[1]);
  Kept[1] = PQconnectdb(Info);
  snprintf(Info, sizeof Info, "postgresql://nobody_known:sword%%66ish@localhost:%s/postgres", getenv("PGPORT"));
  Kept[2] = PQconnectdb(Info);
  snprintf(Info, sizeof Info, "postgresql://localhost:%s/postgres?user=nobody_known&password=swordfish&sslpassword=swordfish",
           getenv("PGPORT"));
  Kept[3] = PQconnectdb(Info);
  Kept[4] = PQconnectdb("user=nobody_known password='sword\\'fish\\\\swordfish'");
  const char *const Keys[] = {"dbname", "password", NULL}, *const Values[] = {Info, "swordfish", NULL};
  Kept[5] = PQconnectdbParams(Keys, Values, 1);
  usleep(200000);
  return PQstatus(Kept[0]) == CONNECTION_OK;
}
