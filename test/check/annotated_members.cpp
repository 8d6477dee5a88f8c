// For a member function the object is argument 1, as in .connsan.yaml; annotations reach templates and overloads.
// RUN: %leaks -std=c++20 -I%S/../../include | FileCheck %s --implicit-check-not=warning:
#include <connsan/annotations.h>
#include <libpq-fe.h>

class Pool {
public:
  [[nodiscard]] CONNSAN_ACQUIRE("lease") PGconn *take();
  CONNSAN_RELEASE(2) CONNSAN_RESOURCE("lease") void put(PGconn *conn);
  CONNSAN_RELEASE(1) CONNSAN_RESOURCE("lease") static void drop(PGconn *conn);
};

int members(Pool &pool, int x) {
  PGconn *conn = pool.take();
  if (x == 1)
    return 1;
  // CHECK: :[[@LINE-1]]:5: warning: lease 'conn' is not released on this return
  if (x == 2)
    Pool::drop(conn);
  else
    pool.put(conn);
  return 0;
}

template<class Query> CONNSAN_ACQUIRE("cursor") void *open_cursor(PGconn *conn, Query query);
CONNSAN_RELEASE(1) CONNSAN_RESOURCE("cursor") void close_cursor(void *cursor);

int instances(PGconn *conn, int x) {
  void *cursor = open_cursor(conn, "SELECT 1");
  if (x)
    return 1;
  // CHECK: :[[@LINE-1]]:5: warning: cursor 'cursor' is not released on this return
  close_cursor(cursor);
  return 0;
}

// Of two functions of one name, each has its own.
CONNSAN_RELEASE(1) void finish(PGconn *conn);
CONNSAN_BORROW(1) void finish(PGconn *conn, int how);

void overloads(int x) {
  PGconn *a = PQconnectdb("");
  PGconn *b = PQconnectdb("");
  finish(a);
  finish(b, 1);
  if (x)
    return;
  // CHECK: :[[@LINE-1]]:5: warning: connection 'b' is not released on this return
  PQfinish(b);
}

// They may stand on any declaration, also on a later one.
PGconn *late();
void before(int x) {
  PGconn *conn = late();
  if (x)
    return;
  // CHECK: :[[@LINE-1]]:5: warning: connection 'conn' is not released on this return
  PQfinish(conn);
}
CONNSAN_ACQUIRE("connection") PGconn *late();
