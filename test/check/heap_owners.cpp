// An owner on the heap releases what it holds when it is deleted.
// RUN: %leaks | FileCheck %s --implicit-check-not=warning:
#include <libpq-fe.h>

#include <deque>
#include <memory>
#include <new>
#include <utility>
#include <vector>

class Owner {
public:
  explicit Owner(PGconn *C) : Conn(C) {}
  Owner(const Owner &) = delete;
  ~Owner() { PQfinish(Conn); }
  PGconn *Conn;
};
struct Plain {
  PGconn *Conn;
  ~Plain() {}
};
struct Unseen {
  Unseen();
  virtual ~Unseen();
};
struct Child : Unseen {
  explicit Child(PGconn *C) : Conn(C) {}
  PGconn *Conn;
};
struct Registry {
  void add(void *Object);
};
struct Registered {
  Registered(Registry &R, PGconn *C) : Conn(C) { R.add(this); }
  ~Registered() { PQfinish(Conn); }
  PGconn *Conn;
};
struct Base {
  virtual ~Base() = default;
};
struct Derived : Base {
  explicit Derived(PGconn *C) : Conn(C) {}
  ~Derived() override { PQfinish(Conn); }
  PGconn *Conn;
};

void deleted() {
  auto *O = new Owner(PQconnectdb(""));
  delete O;
}
void notDeleted(int X) {
  auto *O = new Owner(PQconnectdb(""));
  if (X)
    return;
  // CHECK: [[@LINE-1]]:5: warning: connection 'O->Conn' is not released on this return
  delete O;
}
void deletedAndFinished() {
  auto *O = new Owner(PQconnectdb(""));
  PGconn *Conn = O->Conn;
  delete O;
  PQfinish(Conn);
  // CHECK: [[@LINE-1]]:3: warning: connection {{.*}} is released a second time
}
void deletedTooEarly() {
  auto *P = new Plain{PQconnectdb("")};
  // CHECK: [[@LINE-1]]:23: warning: connection 'P->Conn' is never released
  delete P;
}
void finishedBefore() {
  auto *P = new Plain{PQconnectdb("")};
  PQfinish(P->Conn);
  delete P;
}
Owner *given() { return new Owner(PQconnectdb("")); }
void taken() {
  Owner *O = given();
  delete O;
}
void takenAndLost() {
  Owner *O = given();
  // CHECK: [[@LINE-1]]:14: warning: connection {{.*}} is never released
  PQstatus(O->Conn);
}
void keptByABase() {
  auto *C = new Child(PQconnectdb(""));
  PQstatus(C->Conn);
}
void keptByARegistry(Registry &R) { new Registered(R, PQconnectdb("")); }
void inAVector(std::vector<Owner *> &All) { All.push_back(new Owner(PQconnectdb(""))); }
void inASmartPointer() { std::unique_ptr<Owner> O(new Owner(PQconnectdb(""))); }
void inASharedPointer() { std::shared_ptr<Owner> O(new Owner(PQconnectdb(""))); }
void finishedUnderASmartPointer() {
  std::unique_ptr<Owner> O(new Owner(PQconnectdb("")));
  PQfinish(O->Conn);
  // CHECK: [[@LINE+1]]:1: warning: connection {{.*}} is released a second time
}
void byBase() {
  Base *B = new Derived(PQconnectdb(""));
  delete B;
}
void inPlace() {
  alignas(Owner) char Room[sizeof(Owner)];
  auto *O = new (Room) Owner(PQconnectdb(""));
  O->~Owner();
}
void pointerOnTheHeap() {
  auto **P = new PGconn *(PQconnectdb(""));
  PQfinish(*P);
  delete P;
}
void pointerOnTheHeapLost() {
  auto **P = new PGconn *(PQconnectdb(""));
  // CHECK: [[@LINE-1]]:27: warning: connection '*P' is never released
  delete P;
}
void many(int N) {
  auto **All = new PGconn *[N];
  for (int I = 0; I < N; ++I)
    All[I] = PQconnectdb("");
  for (int I = 0; I < N; ++I)
    PQfinish(All[I]);
  delete[] All;
}
struct Node {
  Owner *O = nullptr;
  ~Node() { delete O; }
};
void inAMember() {
  Node N;
  N.O = new Owner(PQconnectdb(""));
}
void inALoop(int N) {
  for (int I = 0; I < N; ++I) {
    auto *O = new Owner(PQconnectdb(""));
    if (I == 3)
      continue;
    // CHECK: [[@LINE-1]]:7: warning: connection 'O->Conn' is not released before this 'continue'
    delete O;
  }
}

// An owner of one's own on top of that of the library, and what makes it.
struct Result {
  explicit Result(PGresult *R) : Res(R) {}
  ~Result() { PQclear(Res); }
  PGresult *Res;
};
template <class T> class Own : public std::unique_ptr<T> {
public:
  using Base = std::unique_ptr<T>;
  using Base::Base;
};
template <class T, class... A> Own<T> makeOwn(A &&...Arguments) {
  return Own<T>(new T(std::forward<A>(Arguments)...));
}
Own<Result> query(PGconn *Conn) {
  PGresult *Res = PQexec(Conn, "");
  if (PQresultStatus(Res) != PGRES_TUPLES_OK) {
    PQclear(Res);
    return nullptr;
  }
  return makeOwn<Result>(Res);
}
void queried(PGconn *Conn) {
  auto R = query(Conn);
  if (R)
    PQntuples(R->Res);
}

// In each turn of a loop it is another object.
struct Creator {
  Owner *operator()() const { return new Owner(PQconnectdb("")); }
};
void pooled(std::deque<std::shared_ptr<Owner>> &Pool, int N) {
  Creator Create;
  for (int I = 0; I < N; ++I) {
    std::shared_ptr<Owner> Each(Create());
    if (PQstatus(Each->Conn) == CONNECTION_OK)
      Pool.push_back(Each);
  }
}

struct Ring {
  Ring *Self;
  PGconn *Conn;
};
void leadsToItself() {
  auto *N = new Ring{nullptr, PQconnectdb("")};
  // CHECK: [[@LINE-1]]:31: warning: the connection from 'PQconnectdb' is never released
  N->Self = N;
}
