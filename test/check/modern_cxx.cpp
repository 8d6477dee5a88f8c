// C++ as it is written: what is decided at compile time, ranges, folds, operators, static locals.
// RUN: %leaks -std=c++20 | FileCheck %s --implicit-check-not=warning:
#include <libpq-fe.h>

#include <algorithm>
#include <array>
#include <functional>
#include <memory>
#include <ranges>
#include <string>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

template <class T> int decided(T Wanted) {
  PGconn *Conn = PQconnectdb("");
  if constexpr (std::is_integral_v<T>) {
    if (Wanted > 0)
      return 1;
    // CHECK: [[@LINE-1]]:7: warning: connection 'Conn' is not released on this return
  }
  PQfinish(Conn);
  return 0;
}
template int decided(int);
template int decided(const char *);

template <class... T> void finishAll(T... Conns) { (PQfinish(Conns), ...); }
void folded() { finishAll(PQconnectdb("a"), PQconnectdb("b")); }
template <class... T> void finishFirst(PGconn *First, T... Rest) {
  PQfinish(First);
  (PQstatus(Rest), ...);
}
void foldedAndLost() {
  finishFirst(PQconnectdb("a"), PQconnectdb("b"));
  // CHECK: [[@LINE-1]]:33: warning: the connection from 'PQconnectdb' is not stored
}

template <class F>
  requires std::invocable<F, PGconn *>
auto with(F Do) {
  PGconn *Conn = PQconnectdb("");
  auto Result = Do(Conn);
  PQfinish(Conn);
  return Result;
}
int lent() {
  return with([](PGconn *Conn) { return int(PQstatus(Conn)); });
}

void ranges(const std::vector<int> &Ports) {
  for (int Port : Ports | std::views::filter([](int P) { return P > 0; })) {
    PGconn *Conn = PQconnectdb("");
    if (Port == 1)
      continue;
    // CHECK: [[@LINE-1]]:7: warning: connection 'Conn' is not released before this 'continue'
    PQfinish(Conn);
  }
}
void finishEach(std::vector<PGconn *> &Conns) {
  std::ranges::for_each(Conns, [](PGconn *Conn) { PQfinish(Conn); });
  Conns.push_back(PQconnectdb(""));
}

void switchWithInit(int X) {
  switch (PGconn *Conn = PQconnectdb(""); X) {
  case 1:
    PQfinish(Conn);
    break;
  case 2:
    return;
    // CHECK: [[@LINE-1]]:5: warning: connection 'Conn' is not released on this return
  default:
    PQfinish(Conn);
  }
}

PGconn *cached() {
  static PGconn *Conn = PQconnectdb("");
  return Conn;
}
struct Finish {
  void operator()(PGconn *Conn) const { PQfinish(Conn); }
};
PGconn *cachedInAnOwner() {
  static std::unique_ptr<PGconn, Finish> Conn(PQconnectdb(""));
  thread_local std::unique_ptr<PGconn, Finish> Other(PQconnectdb(""));
  return Conn ? Conn.get() : Other.get();
}

class Builder {
public:
  Builder &operator<<(PGconn *Given) {
    PQfinish(std::exchange(Conn, Given));
    return *this;
  }
  Builder &operator=(std::nullptr_t) {
    PQfinish(Conn);
    Conn = nullptr;
    return *this;
  }
  explicit operator bool() const { return Conn; }
  PGconn *operator->() const { return Conn; }
  ~Builder() { PQfinish(Conn); }

private:
  PGconn *Conn = nullptr;
};
void operators() {
  Builder B;
  B << PQconnectdb("a") << PQconnectdb("b");
  if (B)
    PQstatus(B.operator->());
  B = nullptr;
}

class Delegating {
public:
  Delegating() : Delegating(PQconnectdb("")) {}
  explicit Delegating(PGconn *C) : Conn(C) {}
  ~Delegating() { PQfinish(Conn); }
  Delegating(const Delegating &) = delete;

private:
  PGconn *Conn;
};
class WithLambda {
public:
  WithLambda() : Conn(PQconnectdb("")) {}
  WithLambda(const WithLambda &) = delete;
  ~WithLambda() { Close(Conn); }

private:
  PGconn *Conn;
  void (*Close)(PGconn *) = [](PGconn *C) { PQfinish(C); };
};
void objects() {
  Delegating D;
  WithLambda L;
}

void immediately(int X) {
  PGconn *const Conn = [&] {
    if (X)
      return PQconnectdb("a");
    return PQconnectdb("b");
  }();
  if (X == 3)
    return;
  // CHECK: [[@LINE-1]]:5: warning: connection 'Conn' is not released on this return
  PQfinish(Conn);
}
void stored(std::function<void()> &Later) {
  PGconn *Conn = PQconnectdb("");
  Later = [Conn] { PQfinish(Conn); };
}
void generic() {
  auto Close = [](auto *Conn) { PQfinish(Conn); };
  Close(PQconnectdb(""));
}
void alternatives() {
  std::variant<std::monostate, PGconn *> V = PQconnectdb("");
  if (auto *Conn = std::get_if<PGconn *>(&V))
    PQfinish(*Conn);
}
void inAnArray() {
  std::array<PGconn *, 2> Two{PQconnectdb("a"), PQconnectdb("b")};
  for (PGconn *Conn : Two)
    PQfinish(Conn);
}
