// When the server has no room and the connections are a pool's, those are told who have them: the text says where they were
// checked out, the JSON line names the leases, and a line about a connection the one that it is out for.
// RUN: %build_c -I%include -o %t
// RUN: rm -rf %t.dir && mkdir %t.dir
// RUN: env CONNSAN_OPTIONS=long_query=150ms:open_at_exit=off:log_path=%t.dir/log %run %t
// RUN: sh -c 'cat %t.dir/log.*[0-9] %t.dir/log.*.jsonl' | FileCheck %s
// CHECK: the server refused a connection: too many clients; this process holds 1
// CHECK-NEXT: 1 held (#2), the first for {{.*}}, checked out at:
// CHECK-NEXT: #0 connsan_check_out
// CHECK: handler {{.*}}too_many_clients_in_pool.c:[[#]]
// CHECK: "kind":"too_many_clients",{{.*}}"open":1,"sites":[{"open":1,"connection":2,"lease":3,"frames":[
// CHECK: "kind":"long_query",{{.*}}"connection":2,{{.*}}"pool":"orders",{{.*}}"checked_out":{"lease":3,"thread":
#include <connsan/connsan.h>
#include <libpq-fe.h>
#include <stdio.h>
#include <unistd.h>

static void administer(const char *Format, const char *Name) {
  char Sql[256];
  snprintf(Sql, sizeof Sql, Format, Name);
  PGconn *Admin = PQconnectdb("");
  PQclear(PQexec(Admin, Sql));
  PQfinish(Admin);
}

static __attribute__((noinline)) void handler(PGconn *Conn) {
  connsan_check_out(Conn, Conn, "orders");
}

int main(void) {
  char Name[64], Info[128];
  snprintf(Name, sizeof Name, "limited_%d", getpid());
  administer("CREATE ROLE %s LOGIN PASSWORD 'x' CONNECTION LIMIT 1", Name);
  snprintf(Info, sizeof Info, "user=%s password=x", Name);
  PGconn *Pooled = PQconnectdb(Info);
  handler(Pooled);
  PQfinish(PQconnectdb(Info));
  PQclear(PQexec(Pooled, "SELECT pg_sleep(0.4)"));
  connsan_check_in(Pooled);
  PQfinish(Pooled);
  administer("DROP ROLE %s", Name);
  return 0;
}
