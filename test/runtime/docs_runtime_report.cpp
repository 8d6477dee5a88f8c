// The report that the page on the runtime shows is one of a program as it is there.
// UNSUPPORTED: sanitized
// RUN: %build_cxx -o %t
// RUN: %connsan run --held=500ms -- %t > %t.out 2>&1
// RUN: %python %S/Inputs/shown_output.py %docs/runtime.md "connsan run" < %t.out | grep -x '13 lines'
#include "Inputs/orders_worker.h"
#include <unistd.h>

// clang-format off
int main() {
  Pool Connections;
#line 31 "/src/worker/main.cpp"
  Connections.grow();
  Orders All{Connections.Last};
#line 40 "/src/worker/main.cpp"
  All.store(Order());
  usleep(1000000);
  PQfinish(Connections.Last);
}
