// Walking a list looks at another element in every turn, and loses no function to a limit.
// RUN: %leaks | FileCheck %s --implicit-check-not=warning:
#include <libpq-fe.h>
struct node {
  struct node *next;
  PGconn *conn;
};
struct list {
  struct node *head;
};
void log_it(const char *text);

void connect_all(struct list *nodes) {
  for (struct node *n = nodes->head; n; n = n->next) {
    n->conn = PQconnectdb("");
    if (PQstatus(n->conn) == CONNECTION_OK)
      log_it("connected");
  }
}
int leaks_before_a_walk(struct list *nodes) {
  PGresult *result = PQexec(nodes->head->conn, "SELECT 1");
  int good = 0;
  for (struct node *n = nodes->head; n; n = n->next) {
    log_it("looking");
    if (PQstatus(n->conn) == CONNECTION_OK)
      good++;
  }
  if (!good)
    return 0;
  // CHECK: :[[@LINE-1]]:5: warning: result 'result' is not released on this return
  PQclear(result);
  return good;
}
