// full: function, file and line, inlined functions too; names: exported names only; off: module and offset.
// RUN: %cc -g -O2 %libpq_flags -x c %s -o %t -lpq -rdynamic
// RUN: env CONNSAN_OPTIONS=symbolize=full %run %t 2>&1 | FileCheck %s --check-prefix=FULL
// RUN: env CONNSAN_OPTIONS=symbolize=names %run %t 2>&1 | FileCheck %s --check-prefix=NAMES
// RUN: env CONNSAN_OPTIONS=symbolize=off %run %t 2>&1 | FileCheck %s --check-prefix=OFF
// RUN: strip --strip-debug %t -o %t.stripped && %run %t.stripped 2>&1 | FileCheck %s --check-prefix=STRIPPED
// UNSUPPORTED: sanitized
// FULL: #0 PQconnectdb libpq.so.5
// FULL-NEXT: #1 inlined {{.*}}symbolize.c:23
// FULL-NEXT: #2 exported {{.*}}symbolize.c:27
// FULL-NEXT: #3 main {{.*}}symbolize.c:30
// NAMES: #1 exported symbolize.c.tmp+0x{{[0-9a-f]+}}
// NAMES-NEXT: #2 main symbolize.c.tmp+0x{{[0-9a-f]+}}
// OFF: #1 symbolize.c.tmp+0x{{[0-9a-f]+}}
// OFF-NOT: main
// STRIPPED: #1 exported symbolize.c.tmp.stripped+0x
// STRIPPED-NEXT: #2 main symbolize.c.tmp.stripped+0x
#include <libpq-fe.h>

volatile int Sink;

static inline __attribute__((always_inline)) void inlined(void) {
  Sink = PQstatus(PQconnectdb(""));
}

__attribute__((noinline)) void exported(void) {
  inlined();
  Sink = 0;
}
int main(void) { exported(); return Sink; }
