// What runs a lambda at the end of a scope releases what the lambda releases.
// RUN: %leaks -I %S/Inputs/guards | FileCheck %s --implicit-check-not=warning:
// A guard of a system header is not looked into.
// RUN: %leaks -isystem %S/Inputs/guards | FileCheck %s --check-prefix=SYSTEM --implicit-check-not=warning:
#include <libpq-fe.h>

#include <boost/scope_exit.hpp>
#include <buffered_guard.h>
#include <guard.h>

void early(int X) {
  PGconn *Conn = PQconnectdb("");
  auto Guard = elsewhere::finally([&] { PQfinish(Conn); });
  if (X)
    return;
  PQstatus(Conn);
}
void thrown(int X) {
  PGconn *Conn = PQconnectdb("");
  auto Guard = elsewhere::finally([Conn] { PQfinish(Conn); });
  if (X)
    throw X;
}
void tooLate(int X) {
  PGconn *Conn = PQconnectdb("");
  if (X)
    return;
  // CHECK: [[@LINE-1]]:5: warning: connection 'Conn' is not released on this return
  // SYSTEM: [[@LINE-2]]:5: warning: connection 'Conn' is not released on this return
  auto Guard = elsewhere::finally([&] { PQfinish(Conn); });
}
void looks() {
  PGconn *Conn = PQconnectdb("");
  // CHECK: [[@LINE-1]]:18: warning: connection 'Conn' is never released
  auto Guard = elsewhere::finally([&] { PQstatus(Conn); });
}
void buffered(int X) {
  PGconn *Conn = PQconnectdb("");
  elsewhere::Cleanup Guard = [Conn] { PQfinish(Conn); };
  if (X)
    return;
  PQstatus(Conn);
}
void cancelled(int X) {
  PGconn *Conn = PQconnectdb("");
  elsewhere::Cleanup Guard = [Conn] { PQfinish(Conn); };
  if (X) {
    Guard.cancel();
    PQfinish(Conn);
  }
}
void byMacro(int X) {
  PGconn *Conn = PQconnectdb("");
  BOOST_SCOPE_EXIT(&Conn) { PQfinish(Conn); }
  BOOST_SCOPE_EXIT_END
  if (X)
    return;
  PQstatus(Conn);
}
void byMacroOfAll(int X) {
  PGconn *Conn = PQconnectdb("");
  BOOST_SCOPE_EXIT_ALL(&) { PQfinish(Conn); };
  if (X)
    return;
  PQstatus(Conn);
}
static void finish(PGconn **Conn) { PQfinish(*Conn); }
void byAttribute(int X) {
  __attribute__((cleanup(finish))) PGconn *Conn = PQconnectdb("");
  if (X)
    throw X;
}
