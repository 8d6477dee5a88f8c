// A class that acquires into a member has to release it in its destructor.
// RUN: %leaks | FileCheck %s --implicit-check-not=warning:
// RUN: %expect_status 1 %connsan check --confidence=medium %s -- %libpq_flags | FileCheck %s --check-prefixes=CHECK,MEDIUM --implicit-check-not=warning:
#include <libpq-fe.h>

#include <memory>
#include <string>

class NoDestructor {
  // CHECK: [[@LINE-1]]:7: warning: 'NoDestructor' acquires connection 'Conn' and has no destructor that releases it [connsan-owner-class]
  // CHECK: [[@LINE+5]]:25: note: acquired here by 'PQconnectdb'
  PGconn *Conn;
  std::string Name;

public:
  NoDestructor() : Conn(PQconnectdb("")) {}
  int socket() const { return PQsocket(Conn); }
};

class ReleasesOther {
  // CHECK: [[@LINE-1]]:7: warning: 'ReleasesOther' acquires connection 'Second' and has no destructor that releases it
  PGconn *First = nullptr;
  PGconn *Second = nullptr;

public:
  ReleasesOther() = default;
  ReleasesOther(const ReleasesOther &) = delete;
  void open() {
    PQfinish(First);
    First = PQconnectdb("");
    if (!Second)
      Second = PQconnectdb("");
  }
  ~ReleasesOther() { PQfinish(First); }
};

class OnlyClose {
  // MEDIUM: [[@LINE-1]]:7: warning: 'OnlyClose' acquires connection 'Conn' and has no destructor that releases it (medium confidence)
  PGconn *Conn = nullptr;

public:
  void open() { Conn = PQconnectdb(""); }
  void close() {
    PQfinish(Conn);
    Conn = nullptr;
  }
};

class GivesOut {
  // MEDIUM: [[@LINE-1]]:7: warning: 'GivesOut' acquires connection 'Conn' and has no destructor that releases it (medium confidence)
  PGconn *Conn = PQconnectdb("");

public:
  GivesOut() {}
  PGconn *get() { return Conn; }
};

class Copyable {
  // MEDIUM: [[@LINE-1]]:7: warning: 'Copyable' releases connection 'Conn' in its destructor, and so does a copy of it (medium confidence)
  PGconn *Conn = PQconnectdb("");

public:
  Copyable() {}
  ~Copyable() { PQfinish(Conn); }
};

class Unseen {
  PGconn *Conn = PQconnectdb("");

public:
  Unseen() {}
  ~Unseen();
};

class Whole {
  PGconn *Conn;

public:
  explicit Whole(const char *Info) : Conn(PQconnectdb(Info)) {}
  Whole(const Whole &) = delete;
  ~Whole() { close(); }
  void close() {
    PQfinish(Conn);
    Conn = nullptr;
  }
};

struct Finish {
  void operator()(PGconn *Conn) const { PQfinish(Conn); }
};
class Owning {
  std::unique_ptr<PGconn, Finish> Conn;

public:
  Owning() : Conn(PQconnectdb("")) {}
};

template <class T> class Pattern {
  // CHECK: [[@LINE-1]]:26: warning: 'Pattern' acquires connection 'Conn' and has no destructor that releases it
  PGconn *Conn;
  T Value;

public:
  Pattern() : Conn(PQconnectdb("")), Value() {}
  T get() const { return Value; }
};
int patterns() {
  static Pattern<int> *A = new Pattern<int>;
  static Pattern<long> *B = new Pattern<long>;
  return A->get() + static_cast<int>(B->get());
}

// A copy that somebody makes is worse than one that could be made.
class Copied {
public:
  Copied() {}
  ~Copied() { PQfinish(Conn); }
  PGconn *get() const { return Conn; }

private:
  PGconn *Conn = PQconnectdb("");
};
int byValue(Copied C) { return PQsocket(C.get()); }
void initializes(const Copied &From) {
  Copied Mine = From;
  // CHECK: [[@LINE-1]]:17: warning: 'Copied' is copied here, and both objects release connection 'Conn' in their destructor
}
void captures(const Copied &From) {
  auto Later = [From] { return PQsocket(From.get()); };
  // CHECK: [[@LINE-1]]:17: warning: 'Copied' is copied here
}
int passes(const Copied &From) {
  return byValue(From);
  // CHECK: [[@LINE-1]]:18: warning: 'Copied' is copied here
}
Copied *makes(const Copied &From) { return new Copied(From); }
// CHECK: [[@LINE-1]]:48: warning: 'Copied' is copied here
class SeldomCopied {
public:
  SeldomCopied() {}
  ~SeldomCopied() {
    if (Mine)
      PQfinish(Conn);
  }
  bool Mine = true;

private:
  PGconn *Conn = PQconnectdb("");
};
void copiesSeldom(const SeldomCopied &From) {
  SeldomCopied Other(From);
  // MEDIUM: [[@LINE-1]]:16: warning: 'SeldomCopied' is copied here{{.*}} (medium confidence)
  Other.Mine = false;
}
