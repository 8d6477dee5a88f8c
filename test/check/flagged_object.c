// RUN: %leaks | FileCheck %s --implicit-check-not=warning:
// An object that ends its connection after each statement, but in a transaction: which of the two it is in, who looks at
// the object from outside often does not know.
#include <libpq-fe.h>
#include <stdbool.h>
#include <string.h>
enum mode { SINGLE, MULTI };
struct client {
  PGconn *conn;
  enum mode mode;
  char where[64];
};
void client_init(struct client *client, const char *where);
static bool client_open(struct client *client) {
  if (client->conn)
    return true;
  client->conn = PQconnectdb(client->where);
  if (PQstatus(client->conn) == CONNECTION_OK)
    return true;
  PQfinish(client->conn);
  client->conn = NULL;
  return false;
}
static void client_close(struct client *client) {
  PQfinish(client->conn);
  client->conn = NULL;
  client->mode = SINGLE;
}
static bool client_run(struct client *client, const char *sql) {
  if (!client_open(client))
    return false;
  PQclear(PQexec(client->conn, sql));
  if (client->mode == SINGLE)
    client_close(client);
  return true;
}
static bool client_begin(struct client *client) {
  client->mode = MULTI;
  return client_run(client, "BEGIN");
}
bool ask_once(const char *where) {
  struct client client = {0};
  client_init(&client, where);
  return client_run(&client, "SELECT 1");
}
bool ask_in_mode(struct client *client) {
  return client_run(client, "SELECT 1");
}
bool ask_new(void) {
  struct client client = {0};
  return client_run(&client, "SELECT 1");
}
// Here it is known.
bool ask_in_transaction(const char *where, bool stop) {
  struct client client = {0};
  client_init(&client, where);
  if (!client_begin(&client))
    return false;
  if (stop)
    // CHECK: [[@LINE+1]]:5: warning: connection 'client.conn' is not released on this return
    return false;
  client_close(&client);
  return true;
}
// What the last call was possible with tells nothing of the next.
bool ask_often(const char *where) {
  struct client client = {0};
  client_init(&client, where);
  for (int i = 0; i < 10; ++i)
    if (!client_run(&client, "SELECT 1"))
      return false;
  return true;
}
