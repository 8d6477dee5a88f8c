// The end of a thread leaves its process, and what it owes, behind.
// RUN: %leaks | FileCheck %s --implicit-check-not=warning:
#include <libpq-fe.h>
#include <pthread.h>
#include <signal.h>
#include <threads.h>

void *posix(void *x) {
  PGconn *conn = PQconnectdb("");
  if (x)
    pthread_exit(NULL);
  // CHECK: :[[@LINE-1]]:5: warning: connection 'conn' is not released before control jumps out of 'posix' here
  PQfinish(conn);
  return NULL;
}

int standard(void *x) {
  PGconn *conn = PQconnectdb("");
  if (x)
    thrd_exit(1);
  // CHECK: :[[@LINE-1]]:5: warning: connection 'conn' is not released before control jumps out of 'standard' here
  PQfinish(conn);
  return 0;
}

static void finish(void *conn) { PQfinish(conn); }

void *cleaned_up(void *x) {
  PGconn *conn = PQconnectdb("");
  pthread_cleanup_push(finish, conn);
  if (x)
    pthread_exit(NULL);
  pthread_cleanup_pop(1);
  return NULL;
}

// Who ends a thread after a signal to another process is ending this one: medium.
extern pid_t watchdog;
#define give_up()                                                                                            \
  do {                                                                                                       \
    if (watchdog >= 0)                                                                                       \
      kill(watchdog, SIGTERM);                                                                               \
    watchdog = -1;                                                                                           \
    pthread_exit(NULL);                                                                                      \
  } while (0)

void *signals(void *x) {
  PGconn *conn = PQconnectdb("");
  // CHECK: :[[@LINE-1]]:18: warning: connection 'conn' is never released
  while (PQstatus(conn) == CONNECTION_OK) {
    PGresult *res = PQexec(conn, "SELECT 1");
    if (PQresultStatus(res) != PGRES_TUPLES_OK)
      give_up();
    PQclear(res);
  }
  return x;
}
