// An object that holds a connection is judged by what its members do, not by their names.
// RUN: %leaks | FileCheck %s --implicit-check-not=warning:
#include <libpq-fe.h>

#include <functional>
#include <new>
#include <stdexcept>
#include <string>
#include <utility>

struct Guard {
  PGconn *Conn;
  explicit Guard(PGconn *C) : Conn(C) {}
  Guard(const Guard &) = delete;
  ~Guard() { PQfinish(Conn); }
};
struct Looker {
  PGconn *Conn;
  explicit Looker(PGconn *C) : Conn(C) {}
  ~Looker() { PQstatus(Conn); }
};

void guarded(int X) {
  Guard G(PQconnectdb(""));
  if (X)
    return;
  throw 1;
}
void looked() {
  PGconn *Conn = PQconnectdb("");
  // CHECK: [[@LINE-1]]:18: warning: connection 'Conn' is never released
  Looker L(Conn);
}
void guardedTwice() {
  PGconn *Conn = PQconnectdb("");
  Guard G(Conn);
  PQfinish(Conn);
  // CHECK: [[@LINE+1]]:1: warning: connection '{{.*}}Conn' is released a second time
}

struct Dismissed {
  PGconn *Conn;
  bool On = true;
  ~Dismissed() {
    if (On)
      PQfinish(Conn);
  }
  void dismiss() { On = false; }
};
void notDismissed() { Dismissed D{PQconnectdb("")}; }
void dismissedAndReleased() {
  Dismissed D{PQconnectdb("")};
  PQfinish(D.Conn);
  D.dismiss();
}
void dismissed() {
  Dismissed D{PQconnectdb("")};
  // CHECK: [[@LINE-1]]:15: warning: connection 'D.Conn' is never released
  D.dismiss();
}

// Members that are objects, bases, and constructors that call others.
class Session {
  Guard G;
  int Number;

public:
  Session() : G(PQconnectdb("")), Number(0) {}
  explicit Session(int N) : Session() {
    if (N < 0)
      throw std::invalid_argument("number");
    Number = N;
  }
  PGconn *get() { return G.Conn; }
};
void session(int N) {
  Session S(N);
  PQclear(PQexec(S.get(), "SELECT 1"));
}
struct Base {
  PGconn *Conn = nullptr;
  Base() = default;
  Base(const Base &) = delete;
  ~Base() { PQfinish(Conn); }
};
struct Derived : Base {
  Derived() { Conn = PQconnectdb(""); }
};
void derived() { Derived D; }

// A constructor that throws ends what was made before, and nothing else.
struct Throws {
  Guard First;
  PGconn *Second;
  Throws() : First(PQconnectdb("")), Second(PQconnectdb("")) {
    if (PQstatus(Second) != CONNECTION_OK)
      throw std::runtime_error(PQerrorMessage(Second));
    // CHECK: [[@LINE-1]]:7: warning: connection 'Second' is not released before this 'throw'
  }
  Throws(const Throws &) = delete;
  ~Throws() { PQfinish(Second); }
};

// Moves, copies, swaps.
class Movable {
  PGconn *Conn = nullptr;

public:
  Movable() = default;
  explicit Movable(const char *Info) : Conn(PQconnectdb(Info)) {}
  Movable(Movable &&Other) noexcept : Conn(std::exchange(Other.Conn, nullptr)) {}
  Movable &operator=(Movable &&Other) noexcept {
    std::swap(Conn, Other.Conn);
    return *this;
  }
  ~Movable() { PQfinish(Conn); }
  PGconn *release() { return std::exchange(Conn, nullptr); }
};
void moved() {
  Movable A("");
  Movable B(std::move(A));
  Movable C;
  C = std::move(B);
}
Movable returned() {
  Movable A("");
  return A;
}
void taken() {
  Movable A("");
  PQfinish(A.release());
}
void takenAndLost() {
  Movable A("");
  // CHECK: [[@LINE-1]]:11: warning: connection 'Lost' is never released
  PGconn *Lost = A.release();
  PQstatus(Lost);
}

struct Copied {
  PGconn *Conn;
  Copied() : Conn(PQconnectdb("")) {}
  ~Copied() { PQfinish(Conn); }
};
void copied() {
  Copied A;
  Copied B = A;
  // CHECK: [[@LINE-1]]:14: warning: 'Copied' is copied here, and both objects release connection 'Conn' in their destructor
  // CHECK: [[@LINE+1]]:1: warning: connection 'A.Conn' is released a second time
}

class Connected {
  PGconn *Conn;

public:
  Connected() : Conn(PQconnectdb("")) {}
  Connected(const Connected &) = delete;
  ~Connected() { PQfinish(Conn); }
  void reconnect() {
    Conn = PQconnectdb("");
    // CHECK: [[@LINE-1]]:10: warning: connection 'Conn' is overwritten here and was not released
    // CHECK: note: acquired here by every constructor
  }
  void reset() {
    PQfinish(Conn);
    Conn = PQconnectdb("");
  }
};
class ConnectedByAMember {
  PGconn *Conn;
  std::string Name;

public:
  ConnectedByAMember() { connect(""); }
  explicit ConnectedByAMember(const char *Info) { connect(Info); }
  ConnectedByAMember(const ConnectedByAMember &) = delete;
  ~ConnectedByAMember() { PQfinish(Conn); }

private:
  void connect(const char *Info) {
    Conn = PQconnectdb(Info);
    if (PQstatus(Conn) != CONNECTION_OK)
      throw std::runtime_error(PQerrorMessage(Conn));
  }
  // CHECK: [[@LINE-11]]:26: warning: connection 'Conn' is not released when 'ConnectedByAMember::connect' throws here
  // CHECK: [[@LINE-11]]:51: warning: connection 'Conn' is not released when 'ConnectedByAMember::connect' throws here
};
class Assigned {
  PGconn *Conn = nullptr;

public:
  Assigned() = default;
  Assigned(const Assigned &) = delete;
  Assigned &operator=(Assigned &&Other) noexcept {
    Conn = Other.Conn;
    // CHECK: [[@LINE-1]]:10: warning: connection 'Conn' is overwritten here and was not released
    // CHECK: note: the destructor releases what it holds
    Other.Conn = nullptr;
    return *this;
  }
  void open() {
    PQfinish(Conn);
    Conn = PQconnectdb("");
  }
  ~Assigned() { PQfinish(Conn); }
};

// A result that replaces another, unless it is the same.
struct Result {
  PGresult *Held = nullptr;
  Result(PGresult *R) : Held(R) {}
  Result(const Result &) = delete;
  void reset(PGresult *R) {
    if (Held && Held != R)
      PQclear(Held);
    Held = R;
  }
  ~Result() { reset(nullptr); }
};
void replaced(PGconn *Conn) {
  Result R(PQexec(Conn, "BEGIN"));
  R.reset(PQexec(Conn, "SELECT 1"));
  R.reset(PQexec(Conn, "COMMIT"));
}

// A destructor gives what it holds to somebody who releases, even when nobody sees how.
void elsewhere(PGconn *Conn);
struct EndsElsewhere {
  PGconn *Conn = PQconnectdb("");
  ~EndsElsewhere() { elsewhere(Conn); }
};
struct EndsByPointer {
  PGconn *Conn = PQconnectdb("");
  void (*End)(PGconn *);
  ~EndsByPointer() { End(Conn); }
};
struct EndsByFunction {
  PGconn *Conn = PQconnectdb("");
  std::function<void(PGconn *)> End;
  ~EndsByFunction() { End(Conn); }
};
void endElsewhere() {
  EndsElsewhere A;
  EndsByPointer B{};
  EndsByFunction C;
}
void give_back(PGconn *Conn);
struct Lease {
  PGconn *Conn = PQconnectdb("");
  void close() { give_back(Conn); }
};
void closed() {
  Lease L;
  L.close();
}
