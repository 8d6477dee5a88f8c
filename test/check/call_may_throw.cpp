// A function of which nothing says that it throws: its exception is believed where somebody wrote a handler for it.
// RUN: %leaks | FileCheck %s --implicit-check-not=warning:
// RUN: %expect_status 1 %connsan check --confidence=medium %s -- %libpq_flags | FileCheck %s --check-prefixes=CHECK,MEDIUM --implicit-check-not=warning:
#include <libpq-fe.h>

#include <stdexcept>
#include <string>
#include <vector>

void foreign(int);
void foreignNoexcept(int) noexcept;
extern "C" void foreignC(int);
struct Object {
  void method();
};

void passesThrough(int X) {
  PGconn *Conn = PQconnectdb("");
  foreign(X);
  // MEDIUM: [[@LINE-1]]:3: warning: connection 'Conn' is not released when 'foreign' throws here (medium confidence)
  PQfinish(Conn);
}

void cannot(int X) {
  PGconn *Conn = PQconnectdb("");
  foreignNoexcept(X);
  foreignC(X);
  PQexec(Conn, "SELECT 1");
  // CHECK: [[@LINE-1]]:3: warning: the result from 'PQexec' is not stored
  PQfinish(Conn);
}

void caught(Object &O) {
  PGconn *Conn = PQconnectdb("");
  try {
    O.method();
    // MEDIUM: [[@LINE-1]]:7: warning: connection 'Conn' is not released when 'Object::method' throws here (medium confidence)
  } catch (const std::exception &) {
    return;
    // CHECK: [[@LINE-1]]:5: warning: connection 'Conn' is not released on this return
    // CHECK: note: taken when 'Object::method' throws here
  }
  PQfinish(Conn);
}

void baseReleases(int X) {
  PGconn *Conn = PQconnectdb("");
  try {
    foreign(X);
    // MEDIUM: [[@LINE-1]]:5: warning: connection 'Conn' is not released when 'foreign' throws here (medium confidence)
  } catch (const std::exception &) {
    PQfinish(Conn);
    throw;
  }
  PQfinish(Conn);
}

// A body here that calls one.
static void calls(int X) { foreign(X); }
void throughABody(int X) {
  PGconn *Conn = PQconnectdb("");
  calls(X);
  // MEDIUM: [[@LINE-1]]:3: warning: connection 'Conn' is not released when 'calls' throws here (medium confidence)
  PQfinish(Conn);
}
static void uses(PGconn *Conn, int X) {
  PQsetnonblocking(Conn, 1);
  foreign(X);
}
void throughAnother(int X) {
  PGconn *Conn = PQconnectdb("");
  try {
    uses(Conn, X);
  } catch (...) {
    return;
    // CHECK: [[@LINE-1]]:5: warning: connection 'Conn' is not released on this return
  }
  PQfinish(Conn);
}

// When memory runs out there is more to lose than a connection; a handler is a branch like others.
void memory(const char *Name) {
  PGconn *Conn = PQconnectdb("");
  std::string Text(Name);
  std::vector<int> Numbers;
  Numbers.push_back(1);
  PQfinish(Conn);
}
void memoryCaught(std::vector<int> &Numbers) {
  PGconn *Conn = PQconnectdb("");
  try {
    Numbers.push_back(1);
  } catch (const std::bad_alloc &) {
    return;
    // CHECK: [[@LINE-1]]:5: warning: connection 'Conn' is not released on this return
  }
  PQfinish(Conn);
}
