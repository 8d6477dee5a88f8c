// A std::variant holds one of its alternatives, and owns no pointer.
// RUN: %leaks -std=c++20 | FileCheck %s --implicit-check-not=warning:
#include <libpq-fe.h>

#include <memory>
#include <string>
#include <utility>
#include <variant>

struct Finisher {
  void operator()(PGconn *C) const { PQfinish(C); }
};
using Opened = std::variant<PGconn *, std::string>;
using MaybeOpened = std::variant<std::monostate, PGconn *, int>;

Opened open() {
  PGconn *Conn = PQconnectdb("");
  if (PQstatus(Conn) != CONNECTION_OK) {
    std::string Why = PQerrorMessage(Conn);
    PQfinish(Conn);
    return Why;
  }
  return Conn;
}

Opened forgetsToFinish() {
  PGconn *Conn = PQconnectdb("");
  if (PQstatus(Conn) != CONNECTION_OK)
    return std::string(PQerrorMessage(Conn));
  // CHECK: [[@LINE-1]]:5: warning: connection 'Conn' is not released on this return
  return Conn;
}

void right() {
  Opened Result = open();
  if (std::holds_alternative<std::string>(Result))
    return;
  PQfinish(std::get<PGconn *>(Result));
}

void byIndex() {
  Opened Result = open();
  if (Result.index() == 0)
    PQfinish(std::get<0>(Result));
}

void returnsEarly(bool Stop) {
  Opened Result = open();
  if (std::holds_alternative<std::string>(Result))
    return;
  if (Stop)
    return;
  // CHECK: [[@LINE-1]]:5: warning: connection 'Result' is not released on this return
  PQfinish(std::get<PGconn *>(Result));
}

void assigned() {
  MaybeOpened Holder;
  Holder = PQconnectdb("");
  // CHECK: [[@LINE-1]]:12: warning: connection 'Holder' is never released
  Holder = 1;
}

void emplaced() {
  MaybeOpened Holder;
  PGconn *Conn = Holder.emplace<PGconn *>(PQconnectdb(""));
  PQfinish(Conn);
  Holder.emplace<0>();
}

void inPlace() {
  MaybeOpened Holder(std::in_place_index<1>, PQconnectdb(""));
  // CHECK: [[@LINE-1]]:46: warning: connection 'Holder' is never released
  (void)Holder.index();
}

void copied() {
  MaybeOpened First(PQconnectdb(""));
  MaybeOpened Second = First;
  PQfinish(std::get<PGconn *>(Second));
}

void pointedTo() {
  MaybeOpened Holder(PQconnectdb(""));
  if (PGconn **Conn = std::get_if<PGconn *>(&Holder))
    PQfinish(*Conn);
}

void visited() {
  MaybeOpened Holder(PQconnectdb(""));
  std::visit(
      [](auto What) {
        if constexpr (std::is_same_v<decltype(What), PGconn *>)
          PQfinish(What);
      },
      Holder);
}

MaybeOpened handedOn() {
  MaybeOpened Holder(PQconnectdb(""));
  return Holder;
}

void owned() {
  std::variant<std::monostate, std::unique_ptr<PGconn, Finisher>> Holder;
  Holder = std::unique_ptr<PGconn, Finisher>(PQconnectdb(""));
}
