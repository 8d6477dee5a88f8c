// The end of a thread leaves its process, and what it owes, behind.
// RUN: %leaks | FileCheck %s --implicit-check-not=warning:
#include <libpq-fe.h>
#include <pthread.h>
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
