// A temporary ends with the expression that makes it, also when that throws.
// RUN: %leaks | FileCheck %s --implicit-check-not=warning:
#include <libpq-fe.h>

#include <memory>
#include <string>
#include <utility>

class Owner {
public:
  explicit Owner(PGconn *C) : Conn(C) {}
  Owner(Owner &&Other) noexcept : Conn(Other.Conn) { Other.Conn = nullptr; }
  ~Owner() { PQfinish(Conn); }
  PGconn *get() const { return Conn; }
  PGconn *release() {
    PGconn *Result = Conn;
    Conn = nullptr;
    return Result;
  }

private:
  PGconn *Conn;
};
struct Finish {
  void operator()(PGconn *Conn) const noexcept { PQfinish(Conn); }
};
using Handle = std::unique_ptr<PGconn, Finish>;
static Handle open() { return Handle(PQconnectdb("")); }
static Owner own() { return Owner(PQconnectdb("")); }
int use(PGconn *Conn);
static int useOrThrow(PGconn *Conn) {
  if (PQstatus(Conn) != CONNECTION_OK)
    throw std::string("no connection");
  return 1;
}

void used() {
  use(own().get());
  use(open().get());
  use(Owner(PQconnectdb("")).get());
}
void usedTooLate() {
  PGconn *Conn = open().get();
  PQstatus(Conn);
  // CHECK: [[@LINE-1]]:3: warning: connection 'Conn' is given to 'PQstatus' after it was released
}
void ownedUsedTooLate() {
  PGconn *Conn = own().get();
  PQstatus(Conn);
  // CHECK: [[@LINE-1]]:3: warning: connection 'Conn' is given to 'PQstatus' after it was released
}
void takenOut() {
  PGconn *Conn = open().release();
  PQfinish(Conn);
}
void takenOutAndLost() {
  PGconn *Conn = own().release();
  // CHECK: [[@LINE-1]]:18: warning: connection 'Conn' is never released
  PQstatus(Conn);
}
void throwsWhileThere() {
  try {
    useOrThrow(open().get());
    useOrThrow(Owner(PQconnectdb("")).get());
  } catch (const std::string &) {
  }
}
void inACondition(bool X) {
  if (X && use(open().get()))
    return;
  int N = X ? use(own().get()) : 0;
  (void)N;
}
void keptByAReference() {
  const Owner &O = own();
  PQstatus(O.get());
  Handle &&H = open();
  PQstatus(H.get());
}
void movedOut() {
  Handle H = open();
  Owner O(own());
  PQstatus(O.get());
  PQstatus(H.get());
}
void takes(Handle H);
void takesHere(Handle H) { PQstatus(H.get()); }
void given() {
  takes(open());
  takesHere(open());
  PGconn *Conn = PQconnectdb("");
  takesHere(Handle(Conn));
  PQstatus(Conn);
  // CHECK: [[@LINE-1]]:3: warning: connection 'Conn' is given to 'PQstatus' after it was released
}
int takesAndReturns(Owner O) { return PQsocket(O.get()); }
void givenAndReturned() {
  takesAndReturns(own());
  Owner O(own());
  takesAndReturns(std::move(O));
}
void inALoop() {
  while (use(open().get()))
    ;
  for (int I = 0; I < use(own().get()); ++I)
    use(open().get());
}
