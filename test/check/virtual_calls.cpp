// A virtual call is looked into where it can reach one function only.
// RUN: %leaks | FileCheck %s --implicit-check-not=warning:
#include <libpq-fe.h>

struct Source {
  virtual ~Source() = default;
  virtual PGconn *take() = 0;
  virtual void end(PGconn *Conn) = 0;
};
struct Direct : Source {
  PGconn *take() override { return PQconnectdb(""); }
  void end(PGconn *Conn) override { PQfinish(Conn); }
};
struct Last final : Direct {
  void end(PGconn *Conn) final { PQstatus(Conn); }
};

void ofALocal(int X) {
  Direct D;
  PGconn *Conn = D.take();
  if (X)
    return;
  // CHECK: [[@LINE-1]]:5: warning: connection 'Conn' is not released on this return
  D.end(Conn);
}
void ofAFinalClass(Last &L) {
  PGconn *Conn = PQconnectdb("");
  // CHECK: [[@LINE-1]]:18: warning: connection 'Conn' is never released
  L.end(Conn);
}
void byName(Last &L) {
  PGconn *Conn = L.Direct::take();
  L.Direct::end(Conn);
}
void byNameAndLost(Last &L) {
  PGconn *Conn = L.Direct::take();
  // CHECK: [[@LINE-1]]:28: warning: connection 'Conn' is never released
  PQstatus(Conn);
}
void ofSome(Source &S) {
  PGconn *Conn = S.take();
  PQstatus(Conn);
}
