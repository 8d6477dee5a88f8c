// The program brings a C++ library of its own, linked statically, with the unwinder or without: exceptions pass through us
// and streams work; neither of the two C++ libraries in the process meets the other.
// RUN: %build_cxx -static-libstdc++ -o %t.one
// RUN: %build_cxx -static-libstdc++ -static-libgcc -o %t.both
// RUN: %run %t.one 2>&1 | FileCheck %s
// RUN: %run %t.both 2>&1 | FileCheck %s
// UNSUPPORTED: sanitized
// The sanitizers bring the shared one.
// CHECK: caught from the callback
// CHECK-NEXT: caught 1.5
// CHECK-NEXT: connection #1 open at exit
// CHECK: {{#1 main .*own_libstdcxx.cpp:}}
#include <iostream>
#include <libpq-fe.h>
#include <stdexcept>

int main() {
  PGconn *Conn = PQconnectdb("");
  PQsetNoticeProcessor(
      Conn, [](void *, const char *) { throw std::runtime_error("from the callback"); }, nullptr);
  try {
    PQexec(Conn, "DO $$ BEGIN RAISE NOTICE 'hello'; END $$");
  } catch (const std::exception &E) {
    std::cerr << "caught " << E.what() << std::endl;
  }
  try {
    throw 1.5;
  } catch (double D) {
    std::cerr << "caught " << D << std::endl;
  }
}
