// What a std::optional contains is released by whoever takes it out.
// RUN: %leaks | FileCheck %s --implicit-check-not=warning:
#include <libpq-fe.h>

#include <optional>

static std::optional<PGconn *> connect() {
  PGconn *Conn = PQconnectdb("");
  if (PQstatus(Conn) == CONNECTION_OK)
    return Conn;
  PQfinish(Conn);
  return std::nullopt;
}

void released() {
  auto Conn = connect();
  if (!Conn)
    return;
  PQfinish(*Conn);
}
void releasedByValue() {
  if (std::optional<PGconn *> Conn = connect(); Conn.has_value())
    PQfinish(Conn.value());
}
void forgotten(int X) {
  auto Conn = connect();
  if (!Conn)
    return;
  if (X)
    return;
  // CHECK: [[@LINE-1]]:5: warning: connection 'Conn' is not released on this return
  PQfinish(*Conn);
}
void compared(int X) {
  auto Conn = connect();
  if (Conn == std::nullopt)
    return;
  PQfinish(Conn.value());
}
void orNull() {
  PGconn *Conn = connect().value_or(nullptr);
  PQfinish(Conn);
}
void filled() {
  std::optional<PGconn *> Conn;
  Conn = PQconnectdb("");
  PQfinish(*Conn);
  Conn.emplace(PQconnectdb(""));
  PQfinish(*Conn);
  Conn.reset();
}
void emptied() {
  std::optional<PGconn *> Conn{PQconnectdb("")};
  // CHECK: [[@LINE-1]]:32: warning: connection 'Conn' is never released
  Conn.reset();
}
void lost() {
  std::optional<PGconn *> Conn(PQconnectdb(""));
  // CHECK: [[@LINE-1]]:32: warning: connection 'Conn' is never released
  PQstatus(*Conn);
}
struct Owner {
  explicit Owner(PGconn *C) : Conn(C) {}
  ~Owner() { PQfinish(Conn); }
  PGconn *Conn;
};
void ofOwner() {
  std::optional<Owner> O;
  O.emplace(PQconnectdb(""));
}
