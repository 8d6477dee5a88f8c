// The last std::shared_ptr does what the deleter does; which one is last is not followed.
// RUN: %leaks | FileCheck %s --implicit-check-not=warning:
#include <libpq-fe.h>

#include <memory>
#include <utility>
#include <vector>

using Shared = std::shared_ptr<PGconn>;
struct Finish {
  void operator()(PGconn *Conn) const { PQfinish(Conn); }
};
struct Nothing {
  void operator()(PGconn *) const {}
};

void byFunction() { Shared C(PQconnectdb(""), PQfinish); }
void byAddress() { Shared C(PQconnectdb(""), &PQfinish); }
void byClass() { Shared C(PQconnectdb(""), Finish()); }
void byLambda() {
  Shared C(PQconnectdb(""), [](PGconn *Conn) { PQfinish(Conn); });
}
void byNobody() {
  Shared C(PQconnectdb(""), Nothing());
  // CHECK: [[@LINE-1]]:12: warning: connection 'C' is never released
}
void byALambdaThatLooks() {
  Shared C(PQconnectdb(""), [](PGconn *Conn) { PQstatus(Conn); });
  // CHECK: [[@LINE-1]]:12: warning: connection 'C' is never released
}
void byNobodyOnPurpose(PGconn *Conn) { Shared C(Conn, [](PGconn *) {}); }
void byALambdaThatCounts(int &Count) {
  Shared C(PQconnectdb(""), [&Count](PGconn *Conn) {
    PQfinish(Conn);
    ++Count;
  });
}
void finishedBehindItsBack() {
  Shared C(PQconnectdb(""), PQfinish);
  PQfinish(C.get());
  // CHECK: [[@LINE+1]]:1: warning: connection 'C' is released a second time
}
void usedAfterReset() {
  Shared C(PQconnectdb(""), PQfinish);
  PGconn *Raw = C.get();
  C.reset();
  PQstatus(Raw);
  // CHECK: [[@LINE-1]]:3: warning: connection {{.*}} is given to 'PQstatus' after it was released
}
void reset() {
  Shared C;
  C.reset(PQconnectdb(""), PQfinish);
  C.reset(PQconnectdb(""), [](PGconn *) {});
  // CHECK: [[@LINE-1]]:11: warning: connection {{.*}} is never released
}
void copied() {
  Shared A(PQconnectdb(""), PQfinish);
  Shared B = A;
  A.reset();
  PQstatus(B.get());
}
void copiedAndUsed() {
  Shared B;
  {
    Shared A(PQconnectdb(""), PQfinish);
    B = A;
  }
  PQstatus(B.get());
}
void moved() {
  Shared A(PQconnectdb(""), PQfinish);
  Shared B = std::move(A);
  PQstatus(B.get());
}
void movedFromUnique() {
  std::unique_ptr<PGconn, Finish> A(PQconnectdb(""));
  Shared B = std::move(A);
  PQstatus(B.get());
}
void assigned() {
  Shared A;
  A = Shared(PQconnectdb(""), PQfinish);
  A = nullptr;
}
static Shared make() { return Shared(PQconnectdb(""), PQfinish); }
static Shared makeOrNot(bool Not) {
  if (Not)
    return nullptr;
  Shared C(PQconnectdb(""), &PQfinish);
  if (!C || PQstatus(C.get()) != CONNECTION_OK)
    return {};
  return C;
}
void made() {
  Shared A = make();
  auto B = makeOrNot(false);
  if (B != nullptr)
    PQstatus(B.get());
}
void kept(std::vector<Shared> &All) {
  All.push_back(make());
  All.emplace_back(PQconnectdb(""), PQfinish);
}
struct Holder {
  Shared Conn;
  explicit Holder(Shared C) : Conn(std::move(C)) {}
};
void held() { Holder H(make()); }
void captured() {
  Shared C = make();
  auto F = [C] { PQstatus(C.get()); };
  F();
}
