// Names of a database, a host, a user and an application, of a function, a source file and the program's own file cannot end
// a line, steer a terminal or break JSON: one event is one line.
// RUN: rm -rf %t.dir && mkdir %t.dir
// RUN: %python %S/Inputs/hostile_names.py %t.dir %preload %cc %libpq_flags %s > %t.out
// RUN: FileCheck %s < %t.out
// RUN: %validate %docs/log-lines.schema.json %t.dir/log.*.jsonl
// RUN: not grep -a -P '[^\x0a\x20-\x7e]' %t.out
// RUN: not grep -v -e '^==[0-9]*==[A-Z]*: ConnectionSanitizer: connection #' -e '^  ' -e '^SUMMARY' -e '^json' %t.out
// UNSUPPORTED: sanitized
// The program is linked by the script.
// CHECK: connection #1 leaked: failed to connect
// CHECK-NEXT: db="data\x0abase\x1b[31m\"" user=a\x0d\x0ab host="/no\x0awhere\" \x1b[2J\xc2\x9b"
// CHECK: #0 PQconnectdb libpq.so.5
// CHECK-NEXT: {{^    #1 evil\\x0a==1==ERROR: \\x1b\[2J" prog\\x0a\\x1bram"\\x7f\+0x}}
// CHECK-NEXT: {{^    #2 main .*so\\x0aurce\.c:}}
// CHECK: connection #2 leaked: open at exit
// CHECK-NEXT: application_name="app??[31m\""
// CHECK: {{^json leaked db='data\\nbase\\x1b\[31m"' host='/no\\nwhere" \\x1b\[2J\\x9b'$}}
// CHECK-NEXT: {{^json function 'evil\\n==1==ERROR: \\x1b\[2J"' of 'prog\\n\\x1bram"\\x7f'$}}
// CHECK-NEXT: {{^json file 'so\\nurce\.c'$}}
// CHECK-NEXT: {{^json leaked db='postgres'}}
// CHECK: {{^json summary$}}
#include <libpq-fe.h>
#ifdef RENAMED
__attribute__((noinline, noclone)) PGconn *toBeRenamed(const char *Info) {
  PGconn *Conn = PQconnectdb(Info);
  return Conn && PQstatus(Conn) == CONNECTION_OK ? Conn : NULL;
}
#else
PGconn *toBeRenamed(const char *Info);
#line 1 "so\nurce.c"
int main(void) {
  toBeRenamed("host='/no\nwhere\" \x1b[2J\xc2\x9b' dbname='data\nbase\x1b[31m\"' user='a\r\nb'");
  return !toBeRenamed("application_name='app\n\x1b[31m\"'");
}
#endif
