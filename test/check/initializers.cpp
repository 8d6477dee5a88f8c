// Objects that are made from lists in all the ways there are.
// RUN: %leaks | FileCheck %s --implicit-check-not=warning:
#include <libpq-fe.h>

#include <memory>
#include <string>
#include <vector>

struct Pair {
  PGconn *First;
  PGconn *Second = nullptr;
};
struct Nested {
  Pair Inner;
  int Numbers[2];
};
union Either {
  PGconn *Conn;
  long Number;
};
struct Base {
  PGconn *Conn;
};
struct Derived : Base {
  int Number;
};
struct Empty {};

Pair make(Pair P) { return Pair{P}; }

void lists(const std::string &Name, std::shared_ptr<int> Shared) {
  std::string Copy{Name};
  std::string Twice{std::string{Name}};
  std::shared_ptr<int> Other{Shared}, Third = std::shared_ptr<int>{Other};
  std::vector<std::string> All{{Name}, Copy, {Twice}};
  Empty E{}, F{E};
  Pair P{}, Q{P}, R = {Pair{}};
  Nested N{{nullptr}, {1, 2}}, M{N};
  (void)F, (void)Q, (void)R, (void)M, (void)Third;
}
void unions(PGconn *Conn) {
  Either E{Conn}, F{E}, G = Either{F};
  PQfinish(G.Conn);
}
void held() {
  Nested N{{PQconnectdb("")}, {}};
  PQfinish(N.Inner.First);
  Pair P{PQconnectdb("")};
  // CHECK: [[@LINE-1]]:10: warning: connection 'P.First' is never released
}
void bases() {
  Derived D{{PQconnectdb("")}, 1};
  PQfinish(D.Conn);
}
void passed() { PQfinish(make({PQconnectdb("")}).First); }
struct Many {
  std::string Names[2];
  Pair Pairs[2];
  PGconn *Conn = nullptr;
  Many() : Names(), Pairs() {}
};
void arrays() {
  std::string Names[2];
  std::string Named[2] = {"a", std::string("b")};
  Many M, Ms[2], Copy = M;
  PQfinish(Copy.Conn);
  (void)Names, (void)Named, (void)Ms;
}
std::string text();
struct Named {
  std::string Name;
  Named(bool Long) : Name{Long ? std::string{text()} : text()} {}
};
void calls() {
  std::string A{text()}, B = std::string{text()};
  Pair P{make(Pair{make({})})};
  PQfinish(P.First);
  (void)A, (void)B;
}
int *inNew(int N) { return new int[2]{N, N}; }
