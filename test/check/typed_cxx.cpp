// A lambda that is being typed, and a name that clang takes for another one.
// RUN: %expect_status 2 %connsan check --confidence=medium %s -- -std=c++20 %libpq_flags 2>/dev/null | FileCheck %s --implicit-check-not=warning:
#include <libpq-fe.h>

void look_at(PGconn *conn) { PQsocket(conn); }

void guessed() {
  PGconn *conn = PQconnectdb("");
  lock_at(conn);
}
template <class T> int whole(T x) {
  PGconn *conn = PQconnectdb("");
  try {
    [[maybe_unused]] auto f = [&](auto y) { return y + x; };
    if constexpr (sizeof(T) == 4)
      x += f(x);
    else
      x -= f(x);
  } catch (...) {
    PQfinish(conn);
    return 2;
  }
  const T some[] = {1, 2};
  for (const auto &one : some)
    if (one == x) [[unlikely]]
      return 1;
  // CHECK: :[[@LINE-1]]:7: warning: connection 'conn' is not released on this return
  PQfinish(conn);
  return 0;
}
int instantiates_whole() { return whole(1); }

void in_a_lambda() {
  PGconn *conn = PQconnectdb("");
  auto finish = [&] {
    PQfinish(
  };
  finish();
}
template <class T> void of_a_template(T) {
  PGconn *conn = PQconnectdb("");
  if (sizeof(T) == 1 PQfinish(conn);
}
void instantiates() { of_a_template('x'); }
