// Leases of SOCI's pool are seen without its help: who holds one too long, and which was not given back.
// RUN: %build_cxx -fno-sanitize=vptr -o %t -lsoci_core -lsoci_postgresql
// RUN: env CONNSAN_OPTIONS=held=300ms:exitcode=9 not %run %t 2>&1 | FileCheck %s
// RUN: env CONNSAN_OPTIONS=held=300ms:exitcode=9 %run %t clean 2>&1 | FileCheck %s --check-prefix=CLEAN --allow-empty
// REQUIRES: soci
#include <soci/soci.h>
#include <unistd.h>

static __attribute__((noinline)) void slowRequest(soci::connection_pool &Pool) {
  soci::session Session(Pool);
  int One = 0;
  Session << "SELECT 1", soci::into(One);
  usleep(700000);
}
static __attribute__((noinline)) void forgetfulRequest(soci::connection_pool &Pool) {
  size_t Place = 0;
  if (Pool.try_lease(Place, 0))
    Pool.at(Place) << "SELECT 1";
}

int main(int Count, char **) {
  soci::connection_pool Pool(2);
  for (size_t I = 0; I < 2; ++I)
    Pool.at(I).open("postgresql://");
  for (int I = 0; I < 3; ++I) {
    soci::session Session(Pool);
    Session << "SELECT 1";
  }
  if (Count == 1) {
    slowRequest(Pool);
    forgetfulRequest(Pool);
    usleep(700000);
  }
  return 0;
}
// CHECK: WARNING: ConnectionSanitizer: lease #[[#]] of pool SOCI held 0.{{[0-9]}} s (threshold 0.3 s)
// CHECK-NEXT: checked out by thread
// CHECK-NEXT: #0 soci::connection_pool::lease
// CHECK: slowRequest{{.*}}soci_pool.cpp:[[#]]
// CHECK: ConnectionSanitizer: lease #[[#]] returned after
// CHECK: ERROR: ConnectionSanitizer: lease #[[#]] of pool SOCI leaked: open at exit, reported as held before
// CHECK-NEXT: checked out by thread
// CHECK-NEXT: #0 soci::connection_pool::try_lease
// CHECK-NEXT: #1 forgetfulRequest{{.*}}soci_pool.cpp:[[#]]

// CLEAN-NOT: ConnectionSanitizer
