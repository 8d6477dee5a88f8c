// Structured bindings are names for the parts of an object.
// RUN: %leaks | FileCheck %s --implicit-check-not=warning:
#include <libpq-fe.h>

#include <string>
#include <tuple>
#include <utility>

struct Reply {
  PGconn *Conn;
  int Code;
};
static Reply connect() { return {PQconnectdb(""), 0}; }
static std::pair<PGconn *, std::string> connectOrSay() {
  PGconn *Conn = PQconnectdb("");
  if (PQstatus(Conn) != CONNECTION_OK) {
    std::string Why = PQerrorMessage(Conn);
    PQfinish(Conn);
    return {nullptr, Why};
  }
  return {Conn, ""};
}
static std::tuple<PGconn *, int> connectAs(int Number) { return std::make_tuple(PQconnectdb(""), Number); }

void ofStruct() {
  auto [Conn, Code] = connect();
  PQfinish(Conn);
}
void ofStructLeaks() {
  auto [Conn, Code] = connect();
  // CHECK: [[@LINE-1]]:23: warning: connection 'Conn' is never released
  if (Code)
    return;
}
void ofReference() {
  Reply R = connect();
  auto &[Conn, Code] = R;
  PQfinish(Conn);
  Conn = nullptr;
}
void copied() {
  Reply R = connect();
  auto [Conn, Code] = R;
  PQfinish(Conn);
}
void ofPair() {
  auto [Conn, Why] = connectOrSay();
  if (!Conn)
    return;
  PQfinish(Conn);
}
void ofPairLeaks() {
  auto [Conn, Why] = connectOrSay();
  if (!Conn)
    return;
  if (!Why.empty())
    return;
  // CHECK: [[@LINE-1]]:5: warning: connection 'Conn' is not released on this return
  PQfinish(Conn);
}
void ofTuple() {
  auto [Conn, Number] = connectAs(1);
  PQfinish(Conn);
}
void ofTupleLeaks() {
  auto [Conn, Number] = connectAs(1);
  // CHECK: [[@LINE-1]]:25: warning: connection 'Conn' is never released
  PQstatus(Conn);
}
void tied() {
  PGconn *Conn = nullptr;
  int Number = 0;
  std::tie(Conn, Number) = connectAs(2);
  PQfinish(Conn);
}
void tiedAndLost() {
  PGconn *Conn = nullptr;
  int Number = 0;
  std::tie(Conn, Number) = connectAs(2);
  // CHECK: [[@LINE-1]]:28: warning: connection 'Conn' is never released
  PQstatus(Conn);
}
void byGet() {
  auto T = connectAs(3);
  PQfinish(std::get<0>(T));
}
void byType() {
  auto T = connectAs(3);
  PQfinish(std::get<PGconn *>(T));
}
void members() {
  auto P = connectOrSay();
  PQfinish(P.first);
}
void membersLeak() {
  std::pair<PGconn *, int> P(PQconnectdb(""), 1);
  // CHECK: [[@LINE-1]]:30: warning: connection 'P.first' is never released
  PQstatus(P.first);
}
void inACondition(int X) {
  if (auto [Conn, Code] = connect(); Code)
    PQfinish(Conn);
  else if (X)
    PQfinish(Conn);
}
// CHECK: warning: connection 'Conn' is not released
void inALambda() {
  auto [Conn, Code] = connect();
#if __cplusplus >= 202002L
  auto Close = [Conn] { PQfinish(Conn); };
  Close();
#else
  PQfinish(Conn);
#endif
}
void ofArray() {
  PGconn *Two[2] = {PQconnectdb(""), PQconnectdb("")};
  auto &[A, B] = Two;
  PQfinish(A);
  PQfinish(B);
}
