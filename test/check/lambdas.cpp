// A lambda is an object with what it captures: called, kept, or neither.
// RUN: %leaks | FileCheck %s --implicit-check-not=warning:
#include <libpq-fe.h>

#include <functional>
#include <thread>
#include <utility>
#include <vector>

void called() {
  PGconn *Conn = PQconnectdb("");
  auto End = [Conn] { PQfinish(Conn); };
  End();
}
void calledByReference(int X) {
  PGconn *Conn = PQconnectdb("");
  auto End = [&](int) {
    PQfinish(Conn);
    Conn = nullptr;
  };
  if (X) {
    End(X);
    return;
  }
  End(0);
}
void calledTwice() {
  PGconn *Conn = PQconnectdb("");
  auto End = [&] { PQfinish(Conn); };
  End();
  End();
  // CHECK: [[@LINE-1]]:3: warning: connection 'Conn' is released a second time
}
void neverCalled() {
  PGconn *Conn = PQconnectdb("");
  // CHECK: [[@LINE-1]]:18: warning: connection 'Conn' is {{not|never}} released
  auto End = [Conn] { PQfinish(Conn); };
  (void)End;
}
void calledOnOnePath(int X) {
  PGconn *Conn = PQconnectdb("");
  auto End = [&Conn] { PQfinish(Conn); };
  if (X)
    return;
  // CHECK: [[@LINE-1]]:5: warning: connection 'Conn' is not released on this return
  End();
}
void acquires() {
  PGconn *Conn = nullptr;
  auto Begin = [&Conn] { Conn = PQconnectdb(""); };
  // CHECK: warning: connection 'Conn' is {{not|never}} released
  Begin();
  PQstatus(Conn);
}

void keep(std::function<void()>);
void kept() {
  PGconn *Conn = PQconnectdb("");
  keep([Conn] { PQfinish(Conn); });
}
void keptInAVariable() {
  PGconn *Conn = PQconnectdb("");
  std::function<void()> End = [Conn] { PQfinish(Conn); };
  keep(End);
}
void thread() {
  PGconn *Conn = PQconnectdb("");
  std::thread([Conn] { PQfinish(Conn); }).detach();
}
std::function<void()> returned() {
  PGconn *Conn = PQconnectdb("");
  return [Conn] { PQfinish(Conn); };
}

// Scope guards, known by what their destructors do.
template <class F> struct Defer {
  F End;
  ~Defer() { End(); }
};
template <class F> Defer(F) -> Defer<F>;
template <class F> class Guard {
  F End;
  bool On = true;

public:
  explicit Guard(F &&Do) : End(std::move(Do)) {}
  Guard(Guard &&Other) : End(std::move(Other.End)), On(std::exchange(Other.On, false)) {}
  ~Guard() {
    if (On)
      End();
  }
};
template <class F> Guard<F> makeGuard(F &&Do) { return Guard<F>(std::forward<F>(Do)); }
static void check(int X) {
  if (X)
    throw X;
}

void deferred(int X) {
  PGconn *Conn = PQconnectdb("");
  Defer D{[&] { PQfinish(Conn); }};
  check(X);
}
void guarded(int X) {
  PGconn *Conn = PQconnectdb("");
  Guard G([Conn] { PQfinish(Conn); });
  check(X);
}
void guardedByAFunction(int X) {
  PGconn *Conn = PQconnectdb("");
  auto G = makeGuard([Conn] { PQfinish(Conn); });
  if (X)
    return;
  check(X);
}
void guardedTooLate(int X) {
  PGconn *Conn = PQconnectdb("");
  check(X);
  // CHECK: [[@LINE-1]]:3: warning: connection 'Conn' is not released when 'check' throws here
  Defer D{[&] { PQfinish(Conn); }};
}

class Client {
  PGconn *Conn = PQconnectdb("");

public:
  Client() = default;
  Client(const Client &) = delete;
  ~Client() {
    auto End = [this] { PQfinish(Conn); };
    End();
  }
};
void client() { Client C; }
