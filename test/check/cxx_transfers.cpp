// What the standard library and constructors are given is theirs; a destructor may release what its object holds.
// RUN: %clean
#include <libpq-fe.h>
#include <functional>
#include <memory>
#include <vector>

struct Finisher { void operator()(PGconn *c) const { PQfinish(c); } };
using Handle = std::unique_ptr<PGconn, Finisher>;
struct Guard {
  PGconn *conn;
  explicit Guard(PGconn *c) : conn(c) {}
  ~Guard() { PQfinish(conn); }
};

int owned(int x) { Handle c(PQconnectdb("")); if (x) return 1; return PQsocket(c.get()); }
void reset(int n) { Handle c; for (int i = 0; i < n; i++) c.reset(PQconnectdb("")); }
void shared() { std::shared_ptr<PGconn> c(PQconnectdb(""), PQfinish); }
void guarded(int x) { Guard g(PQconnectdb("")); if (x) return; PQsocket(g.conn); }
void pushed(std::vector<PGconn *> &all) { all.push_back(PQconnectdb("")); }
void pushed_lvalue(std::vector<PGconn *> &all) { PGconn *c = PQconnectdb(""); all.push_back(c); }
std::function<void()> captured() { PGconn *c = PQconnectdb(""); return [c] { PQfinish(c); }; }
struct Session {
  PGconn *conn = nullptr;
  Session() = default;
  Session(const Session &) = delete;
  ~Session() { close(); }
  void open() { conn = PQconnectdb(""); }
  void close() { PQfinish(conn); }
};
void by_reference(PGconn *&out) { out = PQconnectdb(""); }
