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

// What is returned takes along what the objects in it hold.
struct Base {
  virtual ~Base() {}
};
struct Log : Base {
  explicit Log(const char *Info) : Own(new Conn(Info)) {}
  ~Log() override { delete Own; }
  Log(const Log &) = delete;
  Conn *Own;
};
Base *create(const char *Info) {
  Log *Result = new Log(Info);
  return Result;
}

// Only the class knows whether a member that it overwrites is its own.
struct Result {
  PGresult *Res = nullptr;
  bool IsBorrowed = false;
  ~Result() { clear(); }
  void clear() {
    if (Res && !IsBorrowed)
      PQclear(Res);
    Res = nullptr;
    IsBorrowed = false;
  }
  void take(PGresult *New) {
    clear();
    Res = New;
  }
};
void query(PGconn *C, const char *Text, Result &Into);
void twoQueries(PGconn *C) {
  Result R;
  R.take(PQexec(C, "SELECT 1"));
  query(C, "SELECT 2", R);
  R.take(PQexec(C, "SELECT 3"));
}
