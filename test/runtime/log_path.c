// With log_path the reports go to PREFIX.PID, one JSON line each to PREFIX.PID.jsonl, and none to standard error.
// RUN: rm -rf %t.dir && mkdir %t.dir
// RUN: %build_c -o %t
// RUN: env CONNSAN_OPTIONS=held=200ms:log_path=%t.dir/log %run %t 2> %t.err
// RUN: FileCheck %s --check-prefix=SILENT --allow-empty < %t.err
// RUN: cat %t.dir/log.* | FileCheck %s
// RUN: %python %S/Inputs/check_jsonl.py %t.dir/log.*.jsonl | FileCheck %s --check-prefix=JSON
// RUN: stat -c %%a %t.dir/log.*.jsonl | FileCheck %s --check-prefix=MODE
// SILENT-NOT: {{.}}
// MODE: 600
// CHECK: WARNING: ConnectionSanitizer: connection #1 held
// CHECK: connection #1 released after
// CHECK: SUMMARY: ConnectionSanitizer: 1 held
// JSON: {{^process$}}
// JSON-NEXT: held connection=1 threshold_ms=200 state=idle_in_transaction db=postgres call=PQconnectdb main log_path.c:23 build_id
// JSON-NEXT: idle: last used by PQexec
// JSON-NEXT: released connection=1
// JSON-NEXT: summary held=1 leaked=0
#include <libpq-fe.h>
#include <unistd.h>

int main(void) {
  PGconn *Conn = PQconnectdb("");
  PQclear(PQexec(Conn, "BEGIN"));
  usleep(600000);
  PQfinish(Conn);
  return 0;
}
