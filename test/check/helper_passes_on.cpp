// What a helper gives to unknown code, that code may release: as when the caller gave it itself.
// RUN: %leaks | FileCheck %s --implicit-check-not=warning:
#include <libpq-fe.h>
struct holder {
  PGconn *conn;
  int count;
};
void foreign(holder *h);
void foreign_look(const holder *h);
void foreign_any(void *h);
static void helper(holder *h) { foreign(h); }
static void of_helper(holder *h) {
  h->count = 1;
  helper(h);
}
static void any_helper(holder *h) { foreign_any(h); }
static void looking_helper(holder *h) { foreign_look(h); }
static void opening_helper(holder *h) {
  foreign(h);
  h->conn = PQconnectdb("");
}

void direct() {
  holder h;
  h.conn = PQconnectdb("");
  foreign(&h);
}
void by_helper() {
  holder h;
  h.conn = PQconnectdb("");
  helper(&h);
}
void by_two() {
  holder h;
  h.conn = PQconnectdb("");
  of_helper(&h);
}
void by_any() {
  holder h;
  h.conn = PQconnectdb("");
  any_helper(&h);
}
void looked_at() {
  holder h;
  h.conn = PQconnectdb("");
  // CHECK: :[[@LINE-1]]:12: warning: connection 'h.conn' is never released
  looking_helper(&h);
}
// What the helper itself puts there afterwards is owed.
void opened() {
  holder h;
  opening_helper(&h);
  // CHECK: :[[@LINE-1]]:3: warning: connection 'h.conn' is never released
}

class Guard {
public:
  explicit Guard(PGconn *conn) : Conn(conn) {}
  Guard(const Guard &) = delete;
  ~Guard() { clear(); }
  void reset(PGconn *conn) {
    clear();
    Conn = conn;
  }
  void look() const;

private:
  void clear(); // in another file
  PGconn *Conn;
};
void guarded() {
  Guard guard(PQconnectdb(""));
  guard.look();
  guard.reset(PQconnectdb("again"));
}

class Drainer {
public:
  Drainer() : Last(nullptr) {}
  void drain(PGconn *conn, int times) {
    for (int i = 0; i < times; ++i)
      Last.reset(PQconnectdb(""));
  }

private:
  Guard Last;
};

class Base {
public:
  explicit Base(PGconn *conn) : Conn(conn) {}
  ~Base();

protected:
  PGconn *Conn;
};
class Derived : public Base {
public:
  using Base::Base;
};
void of_base() { Derived derived(PQconnectdb("")); }

class Looker {
public:
  explicit Looker(PGconn *conn) : Conn(conn) {}
  ~Looker() { look(); }
  void look() const;

private:
  PGconn *Conn;
};
void only_looked_at() {
  Looker looker(PQconnectdb(""));
  // CHECK: :[[@LINE-1]]:17: warning: connection 'looker.Conn' is never released
}
