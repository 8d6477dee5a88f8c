// When the server has no room, all holders are listed at once, by site, and the refused connect is not among them.
// RUN: %build_c -o %t
// RUN: env CONNSAN_OPTIONS=open_at_exit=off %run %t 2>&1 | FileCheck %s
// CHECK: WARNING: ConnectionSanitizer: the server refused a connection: too many clients; this process holds 3
// CHECK-NEXT: 2 held (#2 #3), the first for
// CHECK-NEXT: #0 PQconnectdb libpq.so.5
// CHECK-NEXT: #1 main {{.*}}too_many_clients.c:
// CHECK: 1 held (#4)
// CHECK-NOT: the server refused
#include <libpq-fe.h>
#include <stdio.h>
#include <unistd.h>

static volatile int Two = 2;

int main(void) {
  char Name[64], Sql[256];
  PGconn *Admin = PQconnectdb("");
  snprintf(Name, sizeof Name, "limited_%d", getpid());
  snprintf(Sql, sizeof Sql, "CREATE DATABASE %s CONNECTION LIMIT 3; ", Name);
  PQclear(PQexec(Admin, Sql));
  snprintf(Sql, sizeof Sql, "CREATE ROLE %s LOGIN PASSWORD 'x'", Name);
  PQclear(PQexec(Admin, Sql));
  PQfinish(Admin);
  char Info[256];
  snprintf(Info, sizeof Info, "dbname=%s user=%s password=x", Name, Name);
  PGconn *Held[3];
  for (int I = 0; I < Two; ++I)
    Held[I] = PQconnectdb(Info);
  Held[2] = PQconnectdb(Info);
  PQfinish(PQconnectdb(Info));
  PQfinish(PQconnectdb(Info));
  usleep(100000);
  for (int I = 0; I < 3; ++I)
    PQfinish(Held[I]);
  Admin = PQconnectdb("");
  snprintf(Sql, sizeof Sql, "DROP DATABASE %s WITH (FORCE)", Name);
  PQclear(PQexec(Admin, Sql));
  snprintf(Sql, sizeof Sql, "DROP ROLE %s", Name);
  PQclear(PQexec(Admin, Sql));
  PQfinish(Admin);
  return 0;
}
