// The report that the page on the runtime shows is one of a program as it is there.
// UNSUPPORTED: sanitized
// RUN: %build_cxx -o %t
// RUN: %connsan run --held=500ms -- %t > %t.out 2>&1
// RUN: %python %S/Inputs/shown_output.py %docs/runtime.md "connsan run" < %t.out | grep -x '13 lines'
#include <libpq-fe.h>
#include <unistd.h>

struct Order {};

struct Pool {
  PGconn *Last = nullptr;
  __attribute__((noinline)) void grow();
};

struct Orders {
  PGconn *C;
  __attribute__((noinline)) void store(const Order &);
};

// clang-format off
void Pool::grow() {
#line 88 "/src/worker/pool.cpp"
  Last = PQconnectdb("application_name=billing");
}

void Orders::store(const Order &) {
#line 120 "/src/worker/orders.cpp"
  PGresult *Begun = PQexec(C, "BEGIN");
  PQclear(Begun);
}

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
