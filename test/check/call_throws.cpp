// A call of a function that is seen to throw leaves what is in scope like a throw-statement.
// RUN: %leaks | FileCheck %s --implicit-check-not=warning:
#include <libpq-fe.h>

#include <stdexcept>

static void check(int X) {
  if (X)
    throw std::runtime_error("x");
}
static void through(int X) { check(X); }
static void catches(int X) {
  try {
    check(X);
  } catch (const std::exception &) {
  }
}
static void neverThrows(int X) noexcept { check(X); }
[[noreturn]] static void fail(const char *Why) { throw std::runtime_error(Why); }

void leaves(int X) {
  PGconn *Conn = PQconnectdb("");
  check(X);
  // CHECK: [[@LINE-1]]:3: warning: connection 'Conn' is not released when 'check' throws here [connsan-connection-leak]
  // CHECK: note: acquired here by 'PQconnectdb'
  // CHECK: note: released here on another path
  PQfinish(Conn);
}

void leavesThroughTwo(int X) {
  PGconn *Conn = PQconnectdb("");
  through(X);
  // CHECK: [[@LINE-1]]:3: warning: connection 'Conn' is not released when 'through' throws here
  PQfinish(Conn);
}

void doesNotThrow(int X) {
  PGconn *Conn = PQconnectdb("");
  catches(X);
  neverThrows(X);
  check(0);
  PQfinish(Conn);
}

void mustNotThrow(int X) noexcept {
  PGconn *Conn = PQconnectdb("");
  check(X);
  PQfinish(Conn);
}

void doesNotReturn() {
  PGconn *Conn = PQconnectdb("");
  if (PQstatus(Conn) != CONNECTION_OK)
    fail(PQerrorMessage(Conn));
  // CHECK: [[@LINE-1]]:5: warning: connection 'Conn' is not released when 'fail' throws here
  PQfinish(Conn);
}

void handlerReturns(int X) {
  PGconn *Conn = PQconnectdb("");
  try {
    check(X);
  } catch (const std::exception &) {
    return;
    // CHECK: [[@LINE-1]]:5: warning: connection 'Conn' is not released on this return
    // CHECK: note: taken when 'check' throws here
  }
  PQfinish(Conn);
}

void handlerOfAnotherType(int X) {
  PGconn *Conn = PQconnectdb("");
  try {
    check(X);
    // CHECK: [[@LINE-1]]:5: warning: connection 'Conn' is not released when 'check' throws here
  } catch (const std::logic_error &) {
    PQfinish(Conn);
    return;
  }
  PQfinish(Conn);
}

void handlerReleases(int X) {
  PGconn *Conn = PQconnectdb("");
  try {
    check(X);
  } catch (...) {
    PQfinish(Conn);
    throw;
  }
  PQfinish(Conn);
}

void handlerGoesOn(int X) {
  PGconn *Conn = PQconnectdb("");
  try {
    check(X);
  } catch (...) {
  }
  PQfinish(Conn);
}

void handlerThrowsAgain(int X) {
  PGconn *Conn = PQconnectdb("");
  try {
    try {
      check(X);
    } catch (const std::exception &) {
      throw;
    }
  } catch (const std::runtime_error &) {
    PQfinish(Conn);
    return;
  }
  PQfinish(Conn);
}

void handlerTranslates(int X) {
  PGconn *Conn = PQconnectdb("");
  try {
    check(X);
  } catch (const std::exception &Error) {
    throw std::logic_error(Error.what());
    // CHECK: [[@LINE-1]]:5: warning: connection 'Conn' is not released before this 'throw'
  }
  PQfinish(Conn);
}

void localOfTheTry(int X) {
  try {
    PGconn *Conn = PQconnectdb("");
    check(X);
    // CHECK: [[@LINE-1]]:5: warning: connection 'Conn' is not released when 'check' throws here
    PQfinish(Conn);
  } catch (const std::exception &) {
  }
}

// What a function releases before it throws, and what it makes.
static void releasesAndThrows(PGconn *Conn) {
  PQfinish(Conn);
  throw 1;
}
void released() { releasesAndThrows(PQconnectdb("")); }

static PGconn *connect() {
  PGconn *Conn = PQconnectdb("");
  if (PQstatus(Conn) != CONNECTION_OK) {
    PQfinish(Conn);
    throw std::runtime_error("no connection");
  }
  return Conn;
}
void connected() {
  PGconn *First = connect();
  PGconn *Second = connect();
  // CHECK: [[@LINE-1]]:20: warning: connection 'First' is not released when 'connect' throws here
  PQfinish(Second);
  PQfinish(First);
}

// What is in nobody's hands yet, or any more.
void argument(int X) {
  PQfinish((PQconnectdb(""), check(X), nullptr));
  // CHECK: [[@LINE-1]]:13: warning: the connection from 'PQconnectdb' is not stored
}
static void consume(PGresult *Result) {
  if (PQresultStatus(Result) != PGRES_COMMAND_OK)
    throw 1;
  PQclear(Result);
}
void consumed(PGconn *Conn) {
  consume(PQexec(Conn, "BEGIN"));
  // CHECK: [[@LINE-1]]:3: warning: the result from 'PQexec' is not released when 'consume' throws here
}
void discarded(PGconn *Conn, int X) {
  if (X) {
    PQexec(Conn, "ROLLBACK");
    // CHECK: [[@LINE-1]]:5: warning: the result from 'PQexec' is not stored, so nothing can release it
    throw X;
  }
}

struct Session {
  PGconn *Conn;
  explicit Session(int X) : Conn(nullptr) {
    Conn = PQconnectdb("");
    check(X);
    // CHECK: [[@LINE-1]]:5: warning: connection 'Conn' is not released when 'check' throws here
  }
  ~Session() { PQfinish(Conn); }
};

template <class T> struct Checked {
  static void check(T X) {
    if (!X)
      throw X;
  }
};
void templates(int X) {
  PGconn *Conn = PQconnectdb("");
  Checked<int>::check(X);
  // CHECK: [[@LINE-1]]:3: warning: connection 'Conn' is not released when 'Checked::check' throws here
  PQfinish(Conn);
}

void inALoop(int N) {
  for (int I = 0; I < N; ++I) {
    PGconn *Conn = PQconnectdb("");
    try {
      check(I);
    } catch (const std::runtime_error &) {
      continue;
      // CHECK: [[@LINE-1]]:7: warning: connection 'Conn' is not released before this 'continue'
    }
    PQfinish(Conn);
  }
}

int main(int Count, char **) {
  PGconn *Conn = PQconnectdb("");
  check(Count);
  PQfinish(Conn);
}
