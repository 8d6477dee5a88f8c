/* A licence
 * of some
 * lines. */
#include <errno.h>
#include <libpq-fe.h>
#include <stdio.h>
#include <stdlib.h>
#define BAIL_IF(condition) \
  if (condition)           \
  return -1
void die(const char *why);
int next(int n);
PGconn *shared;

int unrelated(int n) { return n > 3 ? n : 3; }

static int two_of_a_name(int verbose) {
  /* a comment */ int more = unrelated(verbose);
  PGconn *conn =
      PQconnectdb(
          "dbname=other");
  if (verbose)
    return 1;
  printf("%d\n", more);
  if (next(more)) { errno = 0; return 2; }
  PQfinish(conn);
  conn = PQconnectdb("dbname=second");
  if (PQstatus(conn) != CONNECTION_OK)
    return 3;
  BAIL_IF(next(2));
  BAIL_IF(next(3));
  PQfinish(conn);
  return 0;
}

void in_a_loop(int n) {
  for (int i = 0; i < n; i++) {
    PGconn *conn = PQconnectdb("");
    if (PQstatus(conn) != CONNECTION_OK)
      break;
    if (i == 8) { puts("eight"); continue; }
    PQfinish(conn);
  }
}

void forgotten(int verbose) {
  PGconn *conn = PQconnectdb("");
  if (verbose)
    return;
  PQreset(conn);
}

void reconnect(void) {
  PQexec(shared, "ROLLBACK");
  shared = PQconnectdb("");
}

int ends(PGconn *conn) {
  PQfinish(conn);
  return PQsocket(conn);
}

void wrong(void) {
  char *text = PQescapeLiteral(shared, "", 0);
  PGresult *result = PQexec(shared, text);
  free(result);
  PQfreemem(text);
}

int unsure(int n) {
  PGconn *conn = PQconnectdb("");
  if (n == 1)
    return 1;
  if (PQstatus(conn) != CONNECTION_OK) {
    die("no connection");
    return 1;
  }
  for (int i = 0; i < n; i++)
    puts(PQdb(conn));
  if (n == 2) return 2;
  PQfinish(conn);
  return 0;
}

int main(void) {
  for (int i = 0; i < 3; i++) {
    PGconn *conn = PQconnectdb("");
    if (PQstatus(conn) != CONNECTION_OK)
      continue;
    PQfinish(conn);
  }
  return two_of_a_name(1);
}
