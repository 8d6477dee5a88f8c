// A function of which nothing is known borrows. What the caller does afterwards proves it; without that the finding
// has medium confidence. Names that read as a release or a store are taken at their word.
// RUN: %leaks | FileCheck %s --implicit-check-not=warning:
// RUN: %expect_status 1 %connsan check --confidence=medium %s -- %libpq_flags | FileCheck %s --check-prefixes=CHECK,MEDIUM
#include <libpq-fe.h>
int work(PGconn *conn);
void sink(PGconn *conn);
void session_close(PGconn *conn);
void release_slot(PGconn *conn);
void disclose(PGconn *conn);
void registry_add(PGconn *conn);

int proven(void) {
  PGconn *conn = PQconnectdb("");
  if (work(conn))
    return -1;
  // CHECK: :[[@LINE-1]]:5: warning: connection 'conn' is not released on this return [connsan-connection-leak]
  PQfinish(conn);
  return 0;
}

void unproven(void) {
  PGconn *conn = PQconnectdb("");
  // MEDIUM: :[[@LINE-1]]:18: warning: connection 'conn' is never released (medium confidence) [connsan-connection-leak]
  sink(conn);
}

void word_inside(void) {
  PGconn *conn = PQconnectdb("");
  // MEDIUM: :[[@LINE-1]]:18: warning: connection 'conn' is never released (medium confidence) [connsan-connection-leak]
  disclose(conn);
}

void closes(void) { PGconn *conn = PQconnectdb(""); session_close(conn); }
void releases(void) { PGconn *conn = PQconnectdb(""); release_slot(conn); }
void adds(void) { PGconn *conn = PQconnectdb(""); registry_add(conn); }

void adds_and_uses(void) {
  PGconn *conn = PQconnectdb("");
  // CHECK: :[[@LINE-1]]:18: warning: connection 'conn' is never released [connsan-connection-leak]
  registry_add(conn);
  PQsocket(conn);
}

// That it borrows is shown where a function goes on to use what it had given, and then holds everywhere.
int attached(PGconn *conn);

int shows(const char *where) {
  PGconn *conn = PQconnectdb(where);
  int done = attached(conn);
  PQfinish(conn);
  return done;
}

int relies(const char *where, int quick) {
  PGconn *conn = PQconnectdb(where);
  if (quick) {
    PQfinish(conn);
    return 0;
  }
  // CHECK: :[[@LINE+1]]:3: warning: connection 'conn' is not released on this return
  return attached(conn);
}
