// Functions that call themselves or each other do what they do when the recursion has ended.
// RUN: %leaks | FileCheck %s --implicit-check-not=warning:
#include <libpq-fe.h>

int shouldRetry(void);

static PGconn *connectAgain(int Attempts) {
  PGconn *Conn = PQconnectdb("");
  if (PQstatus(Conn) == CONNECTION_OK || Attempts == 0)
    return Conn;
  PQfinish(Conn);
  return connectAgain(Attempts - 1);
}

static void finishSlowly(PGconn *Conn, int Times) {
  if (Times == 0)
    PQfinish(Conn);
  else
    finishSlowly(Conn, Times - 1);
}

static PGconn *openSecond(int Attempts);
static PGconn *openFirst(int Attempts) {
  if (shouldRetry())
    return openSecond(Attempts);
  return PQconnectdb("host=first");
}
static PGconn *openSecond(int Attempts) {
  if (Attempts > 0)
    return openFirst(Attempts - 1);
  return PQconnectdb("host=second");
}

void right(void) {
  PGconn *Conn = connectAgain(3);
  finishSlowly(Conn, 3);
}

void notFinished(void) {
  PGconn *Conn = connectAgain(3);
  // CHECK: [[@LINE-1]]:18: warning: connection 'Conn' is never released
  PQstatus(Conn);
}

void ofTwo(void) {
  PGconn *Conn = openSecond(3);
  // CHECK: [[@LINE-1]]:18: warning: connection 'Conn' is never released
  PQstatus(Conn);
}

void ofTwoFinished(void) { finishSlowly(openFirst(1), 1); }

void usedAfterwards(void) {
  PGconn *Conn = openFirst(3);
  finishSlowly(Conn, 3);
  PQstatus(Conn);
  // CHECK: [[@LINE-1]]:3: warning: connection 'Conn' is given to 'PQstatus' after it was released
}
