// A coroutine owes what it acquires until it ends; what it awaits is borrowed.
// RUN: %leaks -std=c++20 | FileCheck %s --implicit-check-not=warning:
#include <libpq-fe.h>

#include <coroutine>
#include <exception>

template <class T> struct Task {
  struct promise_type {
    T Value;
    Task get_return_object() { return {}; }
    std::suspend_never initial_suspend() noexcept { return {}; }
    std::suspend_always final_suspend() noexcept { return {}; }
    void return_value(T V) { Value = V; }
    void unhandled_exception() { std::terminate(); }
  };
  bool await_ready() { return false; }
  void await_suspend(std::coroutine_handle<>) {}
  T await_resume();
};
template <> struct Task<void> {
  struct promise_type {
    Task get_return_object() { return {}; }
    std::suspend_never initial_suspend() noexcept { return {}; }
    std::suspend_always final_suspend() noexcept { return {}; }
    void return_void() {}
    void unhandled_exception() { std::terminate(); }
  };
  bool await_ready() { return false; }
  void await_suspend(std::coroutine_handle<>) {}
  void await_resume() {}
};
struct Generator {
  struct promise_type {
    PGconn *Current;
    Generator get_return_object() { return {}; }
    std::suspend_always initial_suspend() noexcept { return {}; }
    std::suspend_always final_suspend() noexcept { return {}; }
    std::suspend_always yield_value(PGconn *C) {
      Current = C;
      return {};
    }
    void return_void() {}
    void unhandled_exception() { std::terminate(); }
  };
};
Task<int> query(PGconn *Conn, const char *Sql);

Task<void> released() {
  PGconn *Conn = PQconnectdb("");
  co_await query(Conn, "SELECT 1");
  PQfinish(Conn);
}
Task<void> releasedOnEachWay() {
  PGconn *Conn = PQconnectdb("");
  if (co_await query(Conn, "SELECT 1")) {
    PQfinish(Conn);
    co_return;
  }
  PQfinish(Conn);
}
Task<void> leaks() {
  PGconn *Conn = PQconnectdb("");
  if (co_await query(Conn, "SELECT 1"))
    co_return;
  // CHECK: [[@LINE-1]]:5: warning: connection 'Conn' is not released on this return
  PQfinish(Conn);
}
Task<void> leaksAtTheEnd() {
  PGconn *Conn = PQconnectdb("");
  // CHECK: [[@LINE-1]]:18: warning: connection 'Conn' is never released
  PQstatus(Conn);
  co_await std::suspend_always();
}
Task<PGconn *> connect() {
  PGconn *Conn = PQconnectdb("");
  co_await query(Conn, "SELECT 1");
  co_return Conn;
}
Task<void> finish(PGconn *Conn) {
  co_await query(Conn, "ROLLBACK");
  PQfinish(Conn);
}
Task<void> awaits() {
  PGconn *Conn = co_await connect();
  co_await finish(Conn);
}
Task<void> awaitsAndLeaks(int X) {
  PGconn *Conn = co_await connect();
  if (X)
    co_return;
  // CHECK: [[@LINE-1]]:5: warning: connection 'Conn' is not released on this return
  co_await finish(Conn);
}
Task<void> awaitsAndUses() {
  PGconn *Conn = co_await connect();
  co_await finish(Conn);
  PQstatus(Conn);
  // CHECK: [[@LINE-1]]:3: warning: connection 'Conn' is given to 'PQstatus' after it was released
}
void startsAndForgets() {
  PGconn *Conn = PQconnectdb("");
  finish(Conn);
}
Generator yields() {
  co_yield PQconnectdb("");
  PGconn *Conn = PQconnectdb("");
  co_yield Conn;
}
Task<void> throws(int X) {
  PGconn *Conn = PQconnectdb("");
  if (X)
    throw X;
  // CHECK: [[@LINE-1]]:5: warning: connection 'Conn' is not released before this 'throw'
  PQfinish(Conn);
  co_return;
}
struct Owner {
  PGconn *Conn = PQconnectdb("");
  ~Owner() { PQfinish(Conn); }
};
Task<void> owned(int X) {
  Owner O;
  if (X)
    co_return;
  co_await query(O.Conn, "SELECT 1");
}
auto Lambda = [](int X) -> Task<void> {
  PGconn *Conn = PQconnectdb("");
  if (X)
    co_return;
  // CHECK: [[@LINE-1]]:5: warning: connection 'Conn' is not released on this return
  co_await query(Conn, "SELECT 1");
  PQfinish(Conn);
};
