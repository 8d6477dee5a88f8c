// Before a throw.
// RUN: cp %s %t.cpp && %fix %t.cpp -- %libpq_flags
// RUN: clang -fsyntax-only -std=c++20 -Wall -Wno-unused-variable -Werror %t.cpp %libpq_flags
// RUN: %expect_status 0 %connsan check %t.cpp -- %libpq_flags
// RUN: FileCheck %s --input-file=%t.cpp --match-full-lines --strict-whitespace
#include <libpq-fe.h>

#include <iostream>
#include <stdexcept>
#include <string>

void plain(const std::string &Name) {
  PGconn *Conn = PQconnectdb("");
  if (PQstatus(Conn) != CONNECTION_OK)
    throw std::runtime_error("cannot connect to " + Name);
  PQfinish(Conn);
}
//      CHECK:  if (PQstatus(Conn) != CONNECTION_OK) {
// CHECK-NEXT:    PQfinish(Conn);
// CHECK-NEXT:    throw std::runtime_error("cannot connect to " + Name);
// CHECK-NEXT:  }

void copiedMessage() {
  PGconn *Conn = PQconnectdb("");
  if (PQstatus(Conn) != CONNECTION_OK) {
    std::string Message = PQerrorMessage(Conn);
    std::cerr << PQerrorMessage(Conn);
    throw std::runtime_error(Message);
  }
  PQfinish(Conn);
}
//      CHECK:    std::cerr << PQerrorMessage(Conn);
// CHECK-NEXT:    PQfinish(Conn);
// CHECK-NEXT:    throw std::runtime_error(Message);

void inATry(int X) {
  try {
    PGconn *Conn = PQconnectdb("");
    if (X) {
      throw 1;
    }
    PQfinish(Conn);
  } catch (int) {
  }
}
//      CHECK:    if (X) {
// CHECK-NEXT:      PQfinish(Conn);
// CHECK-NEXT:      throw 1;

auto InALambda = [](int X) {
  PGconn *Conn = PQconnectdb("");
  if (X) {
    throw 1;
  }
  PQfinish(Conn);
};
//      CHECK:auto InALambda = [](int X) {
//      CHECK:    PQfinish(Conn);
// CHECK-NEXT:    throw 1;
