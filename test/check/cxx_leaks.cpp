// The same exits in C++: range for, if with initialiser, references, templates once.
// RUN: %leaks | FileCheck %s --implicit-check-not=warning:
#include <libpq-fe.h>
#include <vector>

int in_range_for(const std::vector<int> &jobs) {
  PGconn *conn = PQconnectdb("");
  for (int job : jobs)
    if (job < 0)
      return job;
  // CHECK: :[[@LINE-1]]:7: warning: connection 'conn' is not released on this return
  PQfinish(conn);
  return 0;
}

int if_initialiser() {
  if (PGconn *conn = PQconnectdb(""); PQstatus(conn) == CONNECTION_OK) {
    PQfinish(conn);
    return 0;
  }
  // CHECK: :[[@LINE-1]]:3: warning: connection 'conn' is not released before its scope ends here
  return 1;
}

template <class T> int pattern(T wanted) {
  PGconn *conn = PQconnectdb("");
  if (wanted)
    return 1;
  // CHECK: :[[@LINE-1]]:5: warning: connection 'conn' is not released on this return
  PQfinish(conn);
  return 0;
}
int instances() { return pattern(1) + pattern(1L); }

static void close_reference(PGconn *&conn) { PQfinish(conn); conn = nullptr; }
void through_reference(int x) {
  PGconn *conn = PQconnectdb("");
  if (x)
    close_reference(conn);
  // CHECK: :[[@LINE+1]]:1: warning: connection 'conn' is not released before the end of 'through_reference'
}
