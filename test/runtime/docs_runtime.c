// The command and the suppressions that the page on the runtime shows do what it says.
// RUN: rm -rf %t.page %t.dir && mkdir %t.dir
// RUN: %cc -g -shared -fPIC -DVENDOR %libpq_flags -x c %s -lpq -o %t.dir/libvendor.so
// RUN: %build_c -L%t.dir -lvendor -Wl,-rpath,%t.dir -o %t

// RUN: %python %S/../check/Inputs/fenced.py %docs/runtime.md "sh preload" %t.page/command | grep -x '1 blocks'
// RUN: sed 's|/usr/local/lib/libconnsan_rt.so|%preload|; s|held=5s|held=150ms:open_at_exit=leak|; s|./worker|%t|' %t.page/command/1 > %t.sh
// RUN: sh -c 'timeout 120 sh %t.sh 2> %t.out; test $? -eq 23'
// RUN: FileCheck %s --input-file=%t.out
// CHECK: {{^SUMMARY: ConnectionSanitizer: 4 held, 4 leaked$}}

// RUN: %python %S/../check/Inputs/fenced.py %docs/runtime.md "text suppressions" %t.page/rules | grep -x '1 blocks'
// RUN: env CONNSAN_OPTIONS=held=150ms:open_at_exit=leak:suppressions=%t.page/rules/1 %run %t 2>&1 | FileCheck %s --check-prefix=RULES
// RULES-NOT: suppression
// RULES-DAG: WARNING: ConnectionSanitizer: connection #3 held
// RULES-DAG: WARNING: ConnectionSanitizer: connection #4 held
// RULES-DAG: ERROR: ConnectionSanitizer: connection #1 leaked
// RULES-DAG: ERROR: ConnectionSanitizer: connection #2 leaked
// RULES-DAG: ERROR: ConnectionSanitizer: connection #4 leaked
// RULES: {{^SUMMARY: ConnectionSanitizer: 2 held, 3 leaked, 2 suppressed$}}
#include <libpq-fe.h>
#include <unistd.h>

#ifdef VENDOR
PGconn *vendorOpens(void) {
  return PQconnectdb("");
}
#else
PGconn *vendorOpens(void);
static __attribute__((noinline)) PGconn *nightly_job(void) {
  PGconn *Conn = PQconnectdb("");
  return Conn;
}

int main(void) {
  PQconnectdb("application_name=listener-1");
  nightly_job();
  vendorOpens();
  PQconnectdb("");
  usleep(600000);
  return 0;
}
#endif
