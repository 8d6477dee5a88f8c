// What a callee releases on one way and forgets on another, for a reason that its caller cannot know, is its own affair: it
// is not said of every caller.
// RUN: %leaks | FileCheck %s --implicit-check-not=warning:
#include <libpq-fe.h>
#include <exception>
void notify();
bool decides();
struct holder {
  PGconn *conn;
  bool shared;
};

class Connection {
public:
  explicit Connection(const char *info) : Conn(PQconnectdb(info)) {}
  Connection(const Connection &) = delete;
  ~Connection() {
    try {
      close();
    } catch (const std::exception &) {
    }
  }
  void close() {
    if (!Conn)
      return;
    try {
      notify();
      PQfinish(Conn);
      Conn = nullptr;
    } catch (const std::exception &) {
      Conn = nullptr;
      throw;
    }
  }

private:
  PGconn *Conn;
};
void user() {
  Connection c("");
  notify();
}
void closer() {
  Connection c("");
  c.close();
}

static void end(holder *h) {
  if (decides())
    PQfinish(h->conn);
  h->conn = nullptr;
}
void user_of_end() {
  holder h = {PQconnectdb(""), false};
  end(&h);
}

static void end_own(holder *h) {
  if (!h->shared)
    PQfinish(h->conn);
  h->conn = nullptr;
}
void own() {
  holder h = {PQconnectdb(""), false};
  end_own(&h);
}

class Armed {
public:
  explicit Armed(PGconn *conn) : Conn(conn) {}
  Armed(const Armed &) = delete;
  ~Armed() {
    if (IsArmed)
      PQfinish(Conn);
  }
  void dismiss() { IsArmed = false; }

private:
  PGconn *Conn;
  bool IsArmed = true;
};
void dismissed() {
  PGconn *conn = PQconnectdb("");
  // CHECK: :[[@LINE-1]]:18: warning: connection 'conn' is never released
  Armed guard(conn);
  guard.dismiss();
}
void armed() {
  Armed guard(PQconnectdb(""));
}

// Not released and left where it is: the caller is told and has to see to it.
static bool end_if(holder *h) {
  if (!decides())
    return false;
  PQfinish(h->conn);
  return true;
}
void not_ended() {
  holder h = {PQconnectdb(""), false};
  if (!end_if(&h))
    return;
  // CHECK: :[[@LINE-1]]:5: warning: connection 'h.conn' is not released on this return
}
