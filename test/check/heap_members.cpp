// A member that points to an object on the heap owns what that object holds.
// RUN: %leaks | FileCheck %s --implicit-check-not=warning:
#include <libpq-fe.h>

#include <memory>

class Conn {
public:
  explicit Conn(const char *Info) : C(PQconnectdb(Info)) {}
  ~Conn() { PQfinish(C); }
  Conn(const Conn &) = delete;
  void run() { PQclear(PQexec(C, "SELECT 1")); }

private:
  PGconn *C;
};
struct Raw {
  PGconn *C;
};

// CHECK: [[@LINE+1]]:7: warning: 'Forgets' acquires connection 'Own->C' and has no destructor that releases it
class Forgets {
public:
  explicit Forgets(const char *Info) : Own(new Conn(Info)) {}
  void run() { Own->run(); }

private:
  Conn *Own;
};

class Deletes {
public:
  explicit Deletes(const char *Info) : Own(new Conn(Info)) {}
  ~Deletes() { delete Own; }
  Deletes(const Deletes &) = delete;
  void run() { Own->run(); }

private:
  Conn *Own;
};

class Reopens {
public:
  Reopens() = default;
  Reopens(const Reopens &) = delete;
  ~Reopens() { close(); }
  void open(const char *Info) { Own = new Conn(Info); }
  void close() {
    delete Own;
    Own = nullptr;
  }

private:
  Conn *Own = nullptr;
};

class Keeps {
public:
  explicit Keeps(const char *Info) : Own(new Conn(Info)) {}
  void run() { Own->run(); }

private:
  std::unique_ptr<Conn> Own;
};

class Closes {
public:
  explicit Closes(const char *Info) : Own(new Raw) { Own->C = PQconnectdb(Info); }
  ~Closes() {
    PQfinish(Own->C);
    delete Own;
  }
  Closes(const Closes &) = delete;

private:
  Raw *Own;
};

// CHECK: [[@LINE+1]]:7: warning: 'Frees' acquires connection 'Own->C' and has no destructor that releases it
class Frees {
public:
  explicit Frees(const char *Info) : Own(new Raw) { Own->C = PQconnectdb(Info); }
  ~Frees() { delete Own; }
  Frees(const Frees &) = delete;

private:
  Raw *Own;
};

void forgets(const char *Info) {
  Forgets F(Info);
  // CHECK: [[@LINE-1]]:11: warning: connection 'F.Own->C' is never released
  F.run();
}

void deletes(const char *Info) {
  Deletes F(Info);
  F.run();
}

void opens(const char *Info) {
  Reopens F;
  F.open(Info);
}

void opens_twice(const char *Info) {
  Reopens F;
  F.open(Info);
  // CHECK: [[@LINE-1]]:5: warning: the connection from 'Reopens::open' is never released
  F.open(Info);
}

void opens_again(const char *Info) {
  Reopens F;
  F.open(Info);
  F.close();
  F.open(Info);
}

void keeps(const char *Info) {
  Keeps F(Info);
  F.run();
}

void closes(const char *Info) { Closes F(Info); }

void frees(const char *Info) { Frees F(Info); }
// CHECK: [[@LINE-1]]:47: warning: connection 'F.Own->C' is not released before the object that holds it is freed
