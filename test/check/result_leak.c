// Results and the other allocations of libpq. PQfinish does not clear results.
// RUN: %leaks | FileCheck %s --implicit-check-not=warning:
#include <libpq-fe.h>
#include <stdlib.h>

int early(PGconn *conn) {
  PGresult *res = PQexec(conn, "SELECT 1");
  if (PQresultStatus(res) != PGRES_TUPLES_OK)
    return -1;
  // CHECK: :[[@LINE-1]]:5: warning: result 'res' is not released on this return [connsan-result-leak]
  // CHECK: note: taken when 'PQresultStatus(res) != PGRES_TUPLES_OK' is true
  PQclear(res);
  return 0;
}

void second_query(PGconn *conn) {
  PGresult *res = PQexec(conn, "SET a = 1");
  // CHECK: :[[@LINE-1]]:19: warning: result 'res' is never released
  if (PQresultStatus(res) != PGRES_COMMAND_OK)
    fputs("failed", stderr);
  res = PQexec(conn, "SET b = 1");
  // CHECK: :[[@LINE-1]]:7: note: result 'res' is overwritten here and was not released
  PQclear(res);
}

void finished_only(void) {
  PGconn *conn = PQconnectdb("");
  PGresult *res = PQexec(conn, "SELECT 1");
  // CHECK: :[[@LINE-1]]:19: warning: result 'res' is never released
  PQntuples(res);
  PQfinish(conn);
}

void discarded(PGconn *conn) {
  PQexec(conn, "NOTIFY x");
  // CHECK: :[[@LINE-1]]:3: warning: the result from 'PQexec' is not stored, so nothing can release it
}

int cancel(PGconn *conn, int quiet) {
  char text[256];
  PGcancel *cancel = PQgetCancel(conn);
  int done = PQcancel(cancel, text, sizeof text);
  if (!done && quiet)
    return 0;
  // CHECK: :[[@LINE-1]]:5: warning: cancel 'cancel' is not released on this return
  PQfreeCancel(cancel);
  return done;
}

void notifications(PGconn *conn) {
  PGnotify *note;
  while ((note = PQnotifies(conn)) != NULL) {
    if (note->be_pid == PQbackendPID(conn))
      continue;
    // CHECK: :[[@LINE-3]]:16: warning: libpq memory 'note' is overwritten here and was not released
    PQfreemem(note);
  }
}

void good(PGconn *conn) {
  PGresult *res;
  PQclear(PQexec(conn, "BEGIN"));
  PQsendQuery(conn, "SELECT 1");
  while ((res = PQgetResult(conn)) != NULL)
    PQclear(res);
  char *quoted = PQescapeLiteral(conn, "x", 1);
  if (quoted == NULL)
    return;
  PQfreemem(quoted);
}
