// Where no edit is proposed for any exit, a note at the declaration says what would own the resource: once for an
// acquire, and only where that would be right.
// RUN: %leaks | FileCheck %s --implicit-check-not=warning: --implicit-check-not=std::unique_ptr
#include <libpq-fe.h>

#include <stdexcept>

void oneNote(const char *Info, int X) {
  PGconn *Conn = PQconnectdb(Info);
  if (PQstatus(Conn) != CONNECTION_OK)
    throw std::runtime_error(PQerrorMessage(Conn));
  // CHECK: :[[@LINE-1]]:5: warning: connection 'Conn' is not released before this 'throw'
  // CHECK: :[[@LINE-4]]:11: note: 'std::unique_ptr<PGconn, decltype(&PQfinish)> Conn(PQconnectdb(Info), &PQfinish)' would release it on every path
  if (X)
    throw std::runtime_error(PQerrorMessage(Conn));
  // CHECK: :[[@LINE-1]]:5: warning: connection 'Conn' is not released before this 'throw'
  PQfinish(Conn);
}

void result(PGconn *Conn) {
  auto *Rows = PQexecParams(Conn, "SELECT a, b, c FROM some_table WHERE d = 1", 0, nullptr, nullptr, nullptr, nullptr, 0);
  // CHECK: :[[@LINE-1]]:16: warning: result 'Rows' is never released
  // CHECK: :[[@LINE-2]]:9: note: 'std::unique_ptr<PGresult, decltype(&PQclear)> Rows(PQexecParams(...), &PQclear)' would release it on every path
  throw std::runtime_error(PQresultErrorMessage(Rows));
}

void edited(int X) {
  PGconn *Conn = PQconnectdb("");
  if (X)
    return;
  // CHECK: :[[@LINE-1]]:5: warning: connection 'Conn' is not released on this return
  PQfinish(Conn);
}

void assigned() {
  PGconn *Conn = nullptr;
  Conn = PQconnectdb("");
  if (PQstatus(Conn) != CONNECTION_OK)
    throw std::runtime_error(PQerrorMessage(Conn));
  // CHECK: :[[@LINE-1]]:5: warning: connection 'Conn' is not released before this 'throw'
  PQfinish(Conn);
}

// The owner would release it there.
PGconn *handedOn() {
  PGconn *Conn = PQconnectdb("");
  if (PQstatus(Conn) != CONNECTION_OK)
    throw std::runtime_error(PQerrorMessage(Conn));
  // CHECK: :[[@LINE-1]]:5: warning: connection 'Conn' is not released before this 'throw'
  return Conn;
}

template<typename T> void inATemplate(T X) {
  PGconn *Conn = PQconnectdb("");
  if (X)
    throw std::runtime_error(PQerrorMessage(Conn));
  // CHECK: :[[@LINE-1]]:5: warning: connection 'Conn' is not released before this 'throw'
  PQfinish(Conn);
}
template void inATemplate(int);

#define DECLARE PGconn *Conn = PQconnectdb("")

void inAMacro() {
  DECLARE;
  if (PQstatus(Conn) != CONNECTION_OK)
    throw std::runtime_error(PQerrorMessage(Conn));
  // CHECK: :[[@LINE-1]]:5: warning: connection 'Conn' is not released before this 'throw'
  PQfinish(Conn);
}
