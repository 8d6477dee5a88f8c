// An exception from a callback passes through libpq and the wrapper, and the call is over afterwards.
// RUN: %build_cxx -o %t
// RUN: env CONNSAN_OPTIONS=long_query=150ms %run %t 2>&1 | FileCheck %s
// UNSUPPORTED: sanitized
// CHECK: caught thrown by the callback
// CHECK-NOT: WARNING
// CHECK: SUMMARY: ConnectionSanitizer: 1 open at exit
#include <cstdio>
#include <libpq-fe.h>
#include <stdexcept>
#include <unistd.h>

int main() {
  PGconn *Conn = PQconnectdb("");
  PQsetNoticeProcessor(
      Conn, [](void *, const char *) { throw std::runtime_error("thrown by the callback"); }, nullptr);
  try {
    PQexec(Conn, "DO $$ BEGIN RAISE NOTICE 'hello'; END $$");
  } catch (const std::exception &E) {
    std::fprintf(stderr, "caught %s\n", E.what());
  }
  // What libpq was left in the middle of is over for us once another call has ended.
  PQsetNoticeProcessor(Conn, [](void *, const char *) {}, nullptr);
  while (PGresult *Result = PQgetResult(Conn))
    PQclear(Result);
  usleep(500000);
}
