// connsan run sets the preload and the options up, keeps what was set, and passes the program's status on.
// RUN: %build_c -o %t
// RUN: not %connsan run --held=100ms -- %t 2>&1 | FileCheck %s
// RUN: env CONNSAN_OPTIONS=open_at_exit=off:held=100ms not %connsan run --open-at-exit=leak %t 2>&1 | FileCheck %s
// RUN: sh -c '%connsan run %t; echo status $?' 2>/dev/null | FileCheck %s --check-prefix=STATUS
// RUN: sh -c '%connsan run --ci %t; echo status $?' 2>/dev/null | FileCheck %s --check-prefix=CI
// RUN: sh -c '%connsan run --exitcode=9 --ci %t; echo status $?' 2>/dev/null | FileCheck %s --check-prefix=NINE
// RUN: env LD_PRELOAD=/lib/x86_64-linux-gnu/libSegFault.so %connsan run sh -c 'echo $LD_PRELOAD $CONNSAN_OPTIONS' 2>/dev/null | FileCheck %s --check-prefix=KEEP
// RUN: %connsan run --log-path=/tmp/a:b env 2>&1 | FileCheck %s --check-prefix=QUOTE
// UNSUPPORTED: sanitized
// CHECK: connection #1 held 0.1 s (threshold 0.1 s)
// CHECK: connection #1 leaked
// STATUS: status 3
// CI: status 23
// NINE: status 9
// KEEP: libconnsan_rt.so:/lib/x86_64-linux-gnu/libSegFault.so
// QUOTE: CONNSAN_OPTIONS={{.*}}log_path="/tmp/a:b"
#include <libpq-fe.h>
#include <unistd.h>

int main(void) {
  PQconnectdb("");
  usleep(400000);
  return 3;
}
