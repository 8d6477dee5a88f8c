// error() ends the process when its status is not 0. A function of the program's own that is called so is read.
// RUN: %leaks -DSYSTEM | FileCheck %s --check-prefix=SYSTEM --implicit-check-not=warning:
// RUN: %leaks -DOWN | FileCheck %s --check-prefix=OWN --implicit-check-not=warning:
// RUN: %leaks -DTEXT | FileCheck %s --check-prefix=TEXT --implicit-check-not=warning:
#include <libpq-fe.h>
#include <stdio.h>

#ifdef SYSTEM
#include <error.h>
int ends(int x, int status) {
  PGconn *conn = PQconnectdb("");
  if (x == 1) {
    error(1, 0, "%s", PQerrorMessage(conn));
    return 1;
  }
  if (x == 2) {
    error_at_line(2, 0, __FILE__, __LINE__, "%s", PQerrorMessage(conn));
    return 2;
  }
  if (x == 3) {
    error(0, 0, "%s", PQerrorMessage(conn));
    return 3;
    // SYSTEM: :[[@LINE-1]]:5: warning: connection 'conn' is not released on this return
  }
  if (x == 4) {
    error(status, 0, "%s", PQerrorMessage(conn));
    return 4;
    // SYSTEM: :[[@LINE-1]]:5: warning: connection 'conn' is not released on this return
  }
  PQfinish(conn);
  return 0;
}
#endif

#ifdef OWN
static void error(int where, const char *what) { fprintf(stderr, "%d: %s\n", where, what); }
static void err(const char *what) { fputs(what, stderr); }
int returns(int x) {
  PGconn *conn = PQconnectdb("");
  if (x == 1) {
    error(1, PQerrorMessage(conn));
    return 1;
    // OWN: :[[@LINE-1]]:5: warning: connection 'conn' is not released on this return
  }
  if (x == 2) {
    err(PQerrorMessage(conn));
    return 2;
    // OWN: :[[@LINE-1]]:5: warning: connection 'conn' is not released on this return
  }
  PQfinish(conn);
  return 0;
}
#endif

#ifdef TEXT
void error(const char *format, ...);
int foreign(int x) {
  PGconn *conn = PQconnectdb("");
  if (x) {
    error("%s", PQerrorMessage(conn));
    return 1;
    // TEXT: :[[@LINE-1]]:5: warning: connection 'conn' is not released on this return
  }
  PQfinish(conn);
  return 0;
}
#endif
