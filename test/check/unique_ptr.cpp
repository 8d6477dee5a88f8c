// std::unique_ptr does to what it holds what its deleter does.
// RUN: %leaks | FileCheck %s --implicit-check-not=warning:
#include <libpq-fe.h>

#include <memory>
#include <stdexcept>
#include <utility>

struct Finish {
  void operator()(PGconn *Conn) const noexcept { PQfinish(Conn); }
};
struct Nothing {
  void operator()(PGconn *) const noexcept {}
};
struct Generic {
  template <class T> void operator()(T *Conn) const noexcept { PQfinish(Conn); }
};
using Handle = std::unique_ptr<PGconn, Finish>;

void byClass(int X) {
  Handle C(PQconnectdb(""));
  if (X)
    return;
  throw 1;
}
void byTemplate() { std::unique_ptr<PGconn, Generic> C(PQconnectdb("")); }
void byFunction(int X) {
  std::unique_ptr<PGconn, decltype(&PQfinish)> C(PQconnectdb(""), &PQfinish);
  if (X)
    throw 1;
}
void byLambda() {
  auto End = [](PGconn *Conn) { PQfinish(Conn); };
  std::unique_ptr<PGconn, decltype(End)> C(PQconnectdb(""), End);
}
void byConvertedLambda() {
  std::unique_ptr<PGconn, void (*)(PGconn *)> C(PQconnectdb(""), [](PGconn *Conn) { PQfinish(Conn); });
}
void byNobody() {
  std::unique_ptr<PGconn, Nothing> C(PQconnectdb(""));
  // CHECK: [[@LINE-1]]:38: warning: connection 'C' is never released
}
void byTheWrongFunction(PGconn *Conn) {
  std::unique_ptr<PGresult, void (*)(void *)> R(PQexec(Conn, "SELECT 1"), PQfreemem);
  // CHECK: :[[@LINE+1]]:1: warning: result 'R' came from 'PQexec' and is not to be released by 'PQfreemem'
}

void released() {
  Handle C(PQconnectdb(""));
  // CHECK: [[@LINE-1]]:12: warning: connection 'Raw' is never released
  PGconn *Raw = C.release();
  PQstatus(Raw);
}
void releasedAndFinished() {
  Handle C(PQconnectdb(""));
  PQfinish(C.release());
}
void finishedBehindItsBack() {
  Handle C(PQconnectdb(""));
  PQfinish(C.get());
  // CHECK: [[@LINE+1]]:1: warning: connection 'C' is released a second time
}
void usedAfterReset() {
  Handle C(PQconnectdb(""));
  PGconn *Raw = C.get();
  C.reset();
  PQstatus(Raw);
  // CHECK: [[@LINE-1]]:3: warning: connection {{.*}} is given to 'PQstatus' after it was released
}

void resetInALoop(int N) {
  Handle C;
  for (int I = 0; I < N; ++I)
    C.reset(PQconnectdb(""));
  if (C)
    PQstatus(C.get());
  C = nullptr;
}
void moved() {
  Handle A(PQconnectdb(""));
  Handle B = std::move(A);
  Handle C;
  C = std::move(B);
  std::swap(A, C);
  A.swap(C);
}
Handle returned(int X) {
  Handle C(PQconnectdb(""));
  if (X)
    throw std::runtime_error("x");
  return C;
}
void takes(Handle) {}
void given() {
  Handle C(PQconnectdb(""));
  takes(std::move(C));
  takes(Handle(PQconnectdb("")));
}
int temporary() { return PQsocket(Handle(PQconnectdb("")).get()); }
bool compared() {
  Handle C(PQconnectdb(""));
  return C != nullptr && PQstatus(C.get()) == CONNECTION_OK;
}

class Session {
  Handle Conn;

public:
  Session() : Conn(PQconnectdb("")) {
    if (PQstatus(Conn.get()) != CONNECTION_OK)
      throw std::runtime_error("x");
  }
  void reconnect() { Conn.reset(PQconnectdb("")); }
};
void session() {
  Session S;
  S.reconnect();
}
