// Exceptions leave a transaction open, handlers and destructors end it.
// RUN: %leaks -std=c++20 | FileCheck %s --implicit-check-not=warning:
#include <libpq-fe.h>
#include <stdexcept>
static void run(PGconn *C, const char *Sql) { PQclear(PQexec(C, Sql)); }
static void mayFail(int X) {
  if (X)
    throw std::runtime_error("x");
}

void thrown(PGconn *C, int X) {
  run(C, "BEGIN");
  mayFail(X);
  // CHECK: :[[@LINE-1]]:3: warning: the transaction on 'C' is neither committed nor rolled back when 'mayFail' throws here
  // CHECK: note: begun here by 'run'
  run(C, "COMMIT");
}
void handled(PGconn *C, int X) {
  run(C, "BEGIN");
  try {
    mayFail(X);
  } catch (...) {
    run(C, "ROLLBACK");
    throw;
  }
  run(C, "COMMIT");
}

class Guard {
public:
  explicit Guard(PGconn *C) : C(C) { run(C, "BEGIN"); }
  ~Guard() {
    if (!Done)
      run(C, "ROLLBACK");
  }
  void commit() {
    run(C, "COMMIT");
    Done = true;
  }

private:
  PGconn *C;
  bool Done = false;
};
int guarded(PGconn *C, int X) {
  Guard G(C);
  mayFail(X);
  if (X > 2)
    return -1;
  G.commit();
  return 0;
}

class Careless {
public:
  explicit Careless(PGconn *C) : C(C) { run(C, "BEGIN"); }
  ~Careless() = default;
  void commit() { run(C, "COMMIT"); }

private:
  PGconn *C;
};
int unguarded(PGconn *C, int X) {
  Careless G(C);
  if (X > 2)
    return -1;
  // CHECK: :[[@LINE-1]]:5: warning: the transaction on 'G.C' is neither committed nor rolled back on this return
  G.commit();
  return 0;
}

// A function that throws where a statement fails: BEGIN opened nothing then, and COMMIT has ended it.
struct Connection {
  PGconn *C;
  void exec(const char *Sql) const {
    PGresult *R = PQexec(C, Sql);
    ExecStatusType Status = PQresultStatus(R);
    PQclear(R);
    if (Status != PGRES_COMMAND_OK && Status != PGRES_TUPLES_OK)
      throw std::runtime_error("failed");
  }
};
void executes(const Connection &D) {
  D.exec("BEGIN");
  D.exec("DELETE FROM t");
  // CHECK: :[[@LINE-1]]:5: warning: the transaction on 'D->C' is neither committed nor rolled back when 'Connection::exec' throws here
  D.exec("COMMIT");
}
