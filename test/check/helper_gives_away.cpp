// A helper that hands its argument on, through however many helpers, takes it over.
// RUN: %clean
#include <libpq-fe.h>
struct list;
void list_append(struct list *, void *);

class Result {
public:
  ~Result() { PQclear(result); }
  void reset(PGresult *r) { clear(); init(r); }
  int rows() const { return PQntuples(result); }

private:
  void clear() { PQclear(result); result = nullptr; }
  void init(PGresult *r) { result = r; }
  PGresult *result = nullptr;
};

class Statement {
  Result held;
  PGconn *conn;

public:
  explicit Statement(PGconn *c) : conn(c) {}
  void run() { held.reset(PQexec(conn, "SELECT 1")); }
  void next() {
    PGresult *r = PQgetResult(conn);
    held.reset(r);
  }
};

static void keep(struct list *l, PGconn *c) { list_append(l, c); }
void listed(struct list *l) {
  PGconn *conn = PQconnectdb("");
  keep(l, conn);
}
