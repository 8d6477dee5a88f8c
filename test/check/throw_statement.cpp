// A throw-statement leaves what is in scope, runs its destructors, and goes to the handler that fits.
// RUN: %leaks | FileCheck %s --implicit-check-not=warning:
#include <libpq-fe.h>

#include <memory>
#include <stdexcept>

void leaves(int X) {
  PGconn *Conn = PQconnectdb("");
  if (X)
    throw std::runtime_error("x");
  // CHECK: [[@LINE-1]]:5: warning: connection 'Conn' is not released before this 'throw' [connsan-connection-leak]
  // CHECK: note: acquired here by 'PQconnectdb'
  // CHECK: note: taken when 'X' is true
  PQfinish(Conn);
}

void releasesFirst(int X) {
  PGconn *Conn = PQconnectdb("");
  if (X) {
    PQfinish(Conn);
    throw 1;
  }
  PQfinish(Conn);
}

void innerScope(int X) {
  if (X) {
    PGconn *Conn = PQconnectdb("");
    // CHECK: [[@LINE-1]]:20: warning: connection 'Conn' is never released
    throw PQstatus(Conn);
    // CHECK: [[@LINE-1]]:5: note: connection 'Conn' is not released before this 'throw'
  }
}

void aroundTheTry(int X) {
  PGconn *Conn = PQconnectdb("");
  try {
    if (X)
      throw std::runtime_error("x");
  } catch (const std::exception &) {
  }
  PQfinish(Conn);
}

void insideTheTry(int X) {
  try {
    PGconn *Conn = PQconnectdb("");
    if (X)
      throw std::runtime_error("x");
    // CHECK: [[@LINE-1]]:7: warning: connection 'Conn' is not released before this 'throw'
    PQfinish(Conn);
  } catch (const std::exception &) {
  }
}

void handlerReturns(int X) {
  PGconn *Conn = PQconnectdb("");
  try {
    if (X)
      throw 1;
  } catch (int) {
    return;
    // CHECK: [[@LINE-1]]:5: warning: connection 'Conn' is not released on this return
  }
  PQfinish(Conn);
}

void handlerReleases(int X) {
  PGconn *Conn = PQconnectdb("");
  try {
    if (X)
      throw std::out_of_range("x");
  } catch (const std::runtime_error &) {
    return;
  } catch (const std::logic_error &) {
    PQfinish(Conn);
    return;
  }
  PQfinish(Conn);
}

void otherType(int X) {
  PGconn *Conn = PQconnectdb("");
  try {
    if (X)
      throw 1;
    // CHECK: [[@LINE-1]]:7: warning: connection 'Conn' is not released before this 'throw'
  } catch (const std::exception &) {
    PQfinish(Conn);
    return;
  }
  PQfinish(Conn);
}

void outerHandler(int X) {
  PGconn *Conn = PQconnectdb("");
  try {
    try {
      if (X)
        throw "text";
    } catch (const std::exception &) {
    }
  } catch (const char *) {
    PQfinish(Conn);
    return;
  }
  PQfinish(Conn);
}

void rethrows(int X) {
  PGconn *Conn = PQconnectdb("");
  try {
    if (X)
      throw 1;
  } catch (...) {
    PQfinish(Conn);
    throw;
  }
  PQfinish(Conn);
}

void rethrowsWithIt(int X) {
  PGconn *Conn = PQconnectdb("");
  try {
    if (X)
      throw 1;
  } catch (...) {
    throw;
    // CHECK: [[@LINE-1]]:5: warning: connection 'Conn' is not released before this 'throw'
  }
  PQfinish(Conn);
}

class Hidden : std::runtime_error {
public:
  Hidden() : std::runtime_error("x") {}
};

void privateBase(int X) {
  PGconn *Conn = PQconnectdb("");
  try {
    if (X)
      throw Hidden();
    // CHECK: [[@LINE-1]]:7: warning: connection 'Conn' is not released before this 'throw'
  } catch (const std::runtime_error &) {
    PQfinish(Conn);
    return;
  }
  PQfinish(Conn);
}

struct Derived : std::runtime_error {
  using std::runtime_error::runtime_error;
};

void pointers(int X) {
  static Derived Problem("x");
  PGconn *Conn = PQconnectdb("");
  try {
    if (X == 1)
      throw &Problem;
    if (X == 2)
      throw nullptr;
  } catch (std::runtime_error *) {
    PQfinish(Conn);
    return;
  }
  PQfinish(Conn);
}

struct Guard {
  PGconn *Conn;
  explicit Guard(PGconn *Conn) : Conn(Conn) {}
  Guard(const Guard &) = delete;
  ~Guard() { PQfinish(Conn); }
};

void guarded(int X) {
  Guard Own(PQconnectdb(""));
  if (X)
    throw 1;
}

struct Finish {
  void operator()(PGconn *Conn) const { PQfinish(Conn); }
};

void owned(int X) {
  std::unique_ptr<PGconn, Finish> Conn(PQconnectdb(""));
  if (X)
    throw 1;
}

static void finish(PGconn **Conn) { PQfinish(*Conn); }

void cleanedUp(int X) {
  __attribute__((cleanup(finish))) PGconn *Conn = PQconnectdb("");
  if (X)
    throw 1;
}

void endsTheProcess(int X) noexcept {
  PGconn *Conn = PQconnectdb("");
  if (X)
    throw 1;
  PQfinish(Conn);
}

struct Failure {
  PGconn *Conn;
};

void givenToTheException(int X) {
  PGconn *Conn = PQconnectdb("");
  if (X)
    throw Failure{Conn};
  PQfinish(Conn);
}

class Constructed {
public:
  Constructed() {
    Conn = PQconnectdb("");
    if (PQstatus(Conn) != CONNECTION_OK)
      throw std::runtime_error(PQerrorMessage(Conn));
    // CHECK: [[@LINE-1]]:7: warning: connection 'Conn' is not released before this 'throw'
  }
  explicit Constructed(int X) : Constructed() {
    if (X)
      throw 1;
  }
  Constructed(const Constructed &) = delete;
  ~Constructed() { PQfinish(Conn); }

private:
  PGconn *Conn;
};

void inALoop(int X) {
  for (int I = 0; I < X; ++I) {
    PGconn *Conn = PQconnectdb("");
    try {
      if (I == 7)
        throw 1;
    } catch (int) {
      continue;
      // CHECK: [[@LINE-1]]:7: warning: connection 'Conn' is not released before this 'continue'
    }
    PQfinish(Conn);
  }
}

auto InALambda = [](int X) {
  PGconn *Conn = PQconnectdb("");
  if (X)
    throw 1;
  // CHECK: [[@LINE-1]]:5: warning: connection 'Conn' is not released before this 'throw'
  PQfinish(Conn);
};

Constructed Global;

void inAConditionsScope(int X) {
  switch (PGconn *Conn = PQconnectdb(""); PQstatus(Conn)) {
  case CONNECTION_BAD:
    for (int I : {1, X})
      if (I)
        throw I;
    // CHECK: [[@LINE-1]]:9: warning: connection 'Conn' is not released before this 'throw'
    [[fallthrough]];
  default:
    PQfinish(Conn);
  }
}

int asAnOperand(int X) {
  PGconn *Conn = PQconnectdb("");
  int Result = X ? throw 1 : 2;
  // CHECK: [[@LINE-1]]:20: warning: connection 'Conn' is not released before this 'throw'
  PQfinish(Conn);
  return Result;
}

void functionTryBlock(int X) try {
  PGconn *Conn = PQconnectdb("");
  if (X)
    throw 1;
  // CHECK: [[@LINE-1]]:5: warning: connection 'Conn' is not released before this 'throw'
  PQfinish(Conn);
} catch (int) {
}

struct Member {
  std::unique_ptr<PGconn, Finish> Conn;
  Member() : Conn(PQconnectdb("")) {
    if (PQstatus(Conn.get()) != CONNECTION_OK)
      throw 1;
  }
};

struct EndsTheProcess {
  ~EndsTheProcess() {
    PGconn *Conn = PQconnectdb("");
    if (PQstatus(Conn) != CONNECTION_OK)
      throw 1;
    PQfinish(Conn);
  }
};

int main() {
  PGconn *Conn = PQconnectdb("");
  if (PQstatus(Conn) != CONNECTION_OK)
    throw 1;
  PQfinish(Conn);
}
