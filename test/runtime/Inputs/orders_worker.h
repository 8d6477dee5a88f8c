// The worker that the pages show: what it is called and where it stands.
#include <libpq-fe.h>

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
