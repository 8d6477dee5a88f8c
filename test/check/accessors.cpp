// Short members tell their callers what they go by: where something is, and whether it is there.
// RUN: %leaks | FileCheck %s --implicit-check-not=warning:
#include <libpq-fe.h>

#include <memory>

class Session {
public:
  explicit Session(const char *Info) : Conn(PQconnectdb(Info)) {}
  Session(const Session &) = delete;
  ~Session() {
    if (isOpen())
      PQfinish(get());
  }
  bool isOpen() const { return Conn != nullptr; }
  explicit operator bool() const { return isOpen(); }
  PGconn *get() const { return Conn; }
  PGconn *&place() { return Conn; }
  void close() {
    PQfinish(Conn);
    place() = nullptr;
  }

private:
  PGconn *Conn;
};
class Holder {
public:
  Session &session() { return Inner; }
  PGconn *raw() { return session().get(); }

private:
  Session Inner{""};
};
struct Slot {
  PGconn *Conn = nullptr;
  PGconn *&place() { return Conn; }
  bool isEmpty() const { return !Conn; }
};

void closed() {
  Session S("");
  if (S)
    PQstatus(S.get());
  S.close();
}
void closedTwice() {
  Session S("");
  PQfinish(S.get());
  // CHECK: [[@LINE+1]]:1: warning: connection 'S.Conn' is released a second time
}
void emptied() {
  Session S("");
  PQfinish(S.get());
  S.place() = nullptr;
}
void through() {
  Holder H;
  PQstatus(H.raw());
  H.session().close();
}
void throughAndUsed() {
  Holder H;
  PGconn *Conn = H.raw();
  H.session().close();
  PQstatus(Conn);
  // CHECK: [[@LINE-1]]:3: warning: connection 'Conn' is given to 'PQstatus' after it was released
}
void filled() {
  Slot S;
  S.place() = PQconnectdb("");
  if (!S.isEmpty())
    PQfinish(S.Conn);
}
void filledAndLost(int X) {
  Slot S;
  S.place() = PQconnectdb("");
  if (X)
    return;
  // CHECK: [[@LINE-1]]:5: warning: connection 'S.Conn' is not released on this return
  PQfinish(S.place());
}

// Who finds no object finds nothing in it.
class Result {
public:
  Result(PGconn *Conn, const char *Sql) : Res(PQexec(Conn, Sql)) {}
  ~Result() {
    if (Res)
      PQclear(Res);
  }
  bool isValid() const { return PQresultStatus(Res) == PGRES_TUPLES_OK; }

private:
  PGresult *Res;
};
class ResultPtr {
public:
  ResultPtr(Result *R) : Held(R) {}
  ~ResultPtr() {
    if (Held)
      delete Held;
  }
  explicit operator bool() const { return Held != nullptr; }

private:
  Result *Held;
};
static Result *execute(PGconn *Conn) {
  auto *R = new Result(Conn, "");
  if (!R->isValid()) {
    delete R;
    return nullptr;
  }
  return R;
}
int count(PGconn *Conn) {
  ResultPtr R = execute(Conn);
  if (R)
    return 1;
  return 0;
}

// What is taken out of a member and dropped is lost.
struct Finish {
  void operator()(PGconn *Conn) const noexcept { PQfinish(Conn); }
};
class Careless {
public:
  Careless() {
    Conn.reset(PQconnectdb(""));
    Conn.release();
    // CHECK: [[@LINE-2]]:16: warning: the connection from 'PQconnectdb' is not stored, so nothing can release it
  }

private:
  std::unique_ptr<PGconn, Finish> Conn;
};
