// What is stored for a thread, or in a search tree, is kept there, though the parameter is a pointer to const.
// RUN: %leaks | FileCheck %s --implicit-check-not=warning:
#include <libpq-fe.h>
#include <pthread.h>
#include <search.h>
#include <threads.h>

PGconn *of_thread(pthread_key_t key) {
  PGconn *conn = pthread_getspecific(key);
  if (!conn) {
    conn = PQconnectdb("");
    pthread_setspecific(key, conn);
  }
  return conn;
}

int for_thread(pthread_key_t key) {
  PGconn *conn = PQconnectdb("");
  return pthread_setspecific(key, conn);
}

int for_c11_thread(tss_t key) {
  PGconn *conn = PQconnectdb("");
  return tss_set(key, conn);
}

void in_tree(void **root, int (*compare)(const void *, const void *)) {
  PGconn *conn = PQconnectdb("");
  tsearch(conn, root, compare);
}

void *look_up(void **root, int (*compare)(const void *, const void *)) {
  PGconn *conn = PQconnectdb("");
  // CHECK: :[[@LINE-1]]:18: warning: connection 'conn' is never released
  return tfind(conn, root, compare);
}
