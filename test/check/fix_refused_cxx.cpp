// In C++ as well: nothing in templates, nothing where a destructor or an exception uses what would be released.
// RUN: cp %s %t.cpp && %fix %t.cpp -- %libpq_flags | FileCheck %s
// RUN: diff %s %t.cpp
#include <libpq-fe.h>

#include <stdexcept>
#include <string_view>
#include <vector>

template<typename T> int inATemplate(T X) {
  PGconn *Conn = PQconnectdb("");
  if (X)
    return 1;
  // CHECK: :[[@LINE-1]]:5: warning: connection 'Conn' is not released on this return
  PQfinish(Conn);
  return 0;
}
template int inATemplate(int);

auto InAGenericLambda = [](auto X) {
  PGconn *Conn = PQconnectdb("");
  if (X)
    throw 1;
  // CHECK: :[[@LINE-1]]:5: warning: connection 'Conn' is not released before this 'throw'
  PQfinish(Conn);
};
void callsIt() { InAGenericLambda(1); }

template<typename T> struct Class {
  int member(int X) {
    PGconn *Conn = PQconnectdb("");
    if (X)
      return 1;
    // CHECK: :[[@LINE-1]]:7: warning: connection 'Conn' is not released on this return
    PQfinish(Conn);
    return 0;
  }
};
template struct Class<int>;

void message() {
  PGconn *Conn = PQconnectdb("");
  if (PQstatus(Conn) != CONNECTION_OK)
    throw std::runtime_error(PQerrorMessage(Conn));
  // CHECK: :[[@LINE-1]]:5: warning: connection 'Conn' is not released before this 'throw'
  PQfinish(Conn);
}

std::string_view view(PGconn *Conn, int X) {
  PGresult *Rows = PQexec(Conn, "");
  std::string_view Text = PQgetvalue(Rows, 0, 0);
  if (X)
    return Text;
  // CHECK: :[[@LINE-1]]:5: warning: result 'Rows' is not released on this return
  PQclear(Rows);
  return "";
}

std::vector<const char *> list(PGconn *Conn, int X) {
  std::vector<const char *> Texts;
  PGresult *Rows = PQexec(Conn, "");
  for (int I = 0; I < PQntuples(Rows); ++I)
    Texts.push_back(PQgetvalue(Rows, I, 0));
  if (X)
    return Texts;
  // CHECK: :[[@LINE-1]]:5: warning: result 'Rows' is not released on this return
  PQclear(Rows);
  return {};
}

// Its destructor may use the result.
struct Cursor {
  const char *Name;
  explicit Cursor(const char *Name) : Name(Name) {}
  ~Cursor();
};

int cursor(PGconn *Conn, int X) {
  PGresult *Rows = PQexec(Conn, "");
  Cursor Current(PQgetvalue(Rows, 0, 0));
  if (X)
    return 1;
  // CHECK: :[[@LINE-1]]:5: warning: result 'Rows' is not released on this return
  PQclear(Rows);
  return 0;
}

int asAnOperand(int X) {
  PGconn *Conn = PQconnectdb("");
  int Result = X ? throw 1 : 2;
  // CHECK: :[[@LINE-1]]:20: warning: connection 'Conn' is not released before this 'throw'
  PQfinish(Conn);
  return Result;
}
