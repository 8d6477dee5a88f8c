// A function that returns an object makes it where its caller wants it: what the object holds is the caller's.
// RUN: %leaks | FileCheck %s --implicit-check-not=warning:
#include <libpq-fe.h>

#include <memory>
#include <stdexcept>
#include <string>

struct Reply {
  PGconn *Conn;
  int Code;
};
class Owner {
public:
  explicit Owner(PGconn *C) : Conn(C) {}
  Owner(Owner &&Other) noexcept : Conn(Other.Conn) { Other.Conn = nullptr; }
  ~Owner() { PQfinish(Conn); }
  PGconn *get() const { return Conn; }

private:
  PGconn *Conn;
};
struct Looker {
  PGconn *Conn;
  ~Looker() {}
};

static Reply connect() { return {PQconnectdb(""), 0}; }
static Reply connectNamed(const char *Info) {
  Reply R;
  R.Conn = PQconnectdb(Info);
  R.Code = PQstatus(R.Conn);
  return R;
}
static Reply connectOrThrow(const char *Info) {
  Reply R{PQconnectdb(Info), 0};
  if (PQstatus(R.Conn) != CONNECTION_OK)
    throw std::runtime_error("no connection");
  // CHECK: [[@LINE-1]]:5: warning: connection 'R.Conn' is not released before this 'throw'
  return R;
}
static Owner own() { return Owner(PQconnectdb("")); }
static Owner ownNamed() {
  Owner O(PQconnectdb(""));
  PQstatus(O.get());
  return O;
}
static Owner ownMoved(bool Other) {
  Owner A(PQconnectdb(""));
  Owner B(nullptr);
  if (Other)
    return B;
  return A;
}
static Looker look() { return {PQconnectdb("")}; }
static Reply pass(PGconn *Conn) { return {Conn, 1}; }
static Reply twice() { return connect(); }

void released() {
  Reply R = connect();
  PQfinish(R.Conn);
}
void forgotten() {
  Reply R = connect();
  // CHECK: [[@LINE-1]]:13: warning: connection 'R.Conn' is never released
  if (R.Code)
    return;
}
void namedReleased() {
  Reply R = connectNamed("");
  PQfinish(R.Conn);
}
void namedForgotten(int X) {
  auto R = connectNamed("");
  if (X)
    return;
  // CHECK: [[@LINE-1]]:5: warning: connection 'R.Conn' is not released on this return
  PQfinish(R.Conn);
}
void throughTwo() {
  Reply R = twice();
  PQstatus(R.Conn);
  // CHECK: [[@LINE-2]]:13: warning: connection 'R.Conn' is never released
}
void oneOfTwo(bool X) {
  Reply R = X ? connect() : connectNamed("");
  PQfinish(R.Conn);
}
void owned() {
  Owner A = own();
  Owner B = ownNamed();
  Owner C = ownMoved(true);
  PQstatus(A.get());
}
void ownedAndFinished() {
  Owner A = own();
  PQfinish(A.get());
  // CHECK: [[@LINE+1]]:1: warning: connection 'A.Conn' is released a second time
}
void finishedNamed() {
  Owner A = ownNamed();
  PQfinish(A.get());
  // CHECK: [[@LINE+1]]:1: warning: connection 'A.Conn' is released a second time
}
void looked() {
  Looker L = look();
  // CHECK: [[@LINE-1]]:14: warning: connection 'L.Conn' is never released
}
void passed() {
  PGconn *Conn = PQconnectdb("");
  Reply R = pass(Conn);
  PQfinish(R.Conn);
}
void passedAndKept() {
  PGconn *Conn = PQconnectdb("");
  // CHECK: [[@LINE-1]]:18: warning: connection {{.*}} is never released
  Reply R = pass(Conn);
  PQstatus(R.Conn);
}
void discarded() {
  connect();
  // CHECK: [[@LINE-1]]:3: warning: {{.*}}connection
}
void caught() {
  try {
    Reply R = connectOrThrow("");
    PQfinish(R.Conn);
  } catch (const std::exception &) {
  }
}
Reply returnedAgain() {
  Reply R = connect();
  return R;
}
Reply returnedOnOneWay(bool X) {
  Reply R = connect();
  if (X)
    throw 1;
  // CHECK: [[@LINE-1]]:5: warning: connection 'R.Conn' is not released before this 'throw'
  return R;
}

struct Deleter {
  void operator()(PGconn *Conn) const { PQfinish(Conn); }
};
using Handle = std::unique_ptr<PGconn, Deleter>;
static Handle open() { return Handle(PQconnectdb("")); }
static Handle openNamed() {
  Handle H(PQconnectdb(""));
  if (PQstatus(H.get()) != CONNECTION_OK)
    return nullptr;
  return H;
}
void opened(bool X) {
  Handle A = open();
  Handle B = openNamed();
  if (X)
    throw 1;
}
void openedAndLost() {
  PGconn *Raw = open().release();
  // CHECK: [[@LINE-1]]:17: warning: connection 'Raw' is never released
  PQstatus(Raw);
}
void openedAndTaken() {
  Handle A = openNamed();
  // CHECK: [[@LINE-1]]:14: warning: connection {{.*}} is never released
  PGconn *Raw = A.release();
  PQstatus(Raw);
}

auto closer(PGconn *Conn) {
  return [Conn] { PQfinish(Conn); };
}
void closedLater() {
  auto Close = closer(PQconnectdb(""));
  Close();
}
void closedTwice() {
  auto Close = closer(PQconnectdb(""));
  Close();
  Close();
  // CHECK: [[@LINE-1]]:3: warning: connection {{.*}} is released a second time
}
void neverClosed() {
  auto Close = closer(PQconnectdb(""));
  // CHECK: [[@LINE-1]]:23: warning: connection {{.*}} is never released
}
