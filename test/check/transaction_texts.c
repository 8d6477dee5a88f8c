// SQL is known from constants, macros, arrays, formats and buffers; what is not known does nothing.
// RUN: %leaks | FileCheck %s --implicit-check-not=warning:
#include <libpq-fe.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#define RUN(c, sql) PQclear(PQexec(c, sql))
#define BEGIN_READ_ONLY "BEGIN " "READ ONLY"

// As pqexpbuffer.h has it, which is not installed everywhere.
typedef struct PQExpBufferData {
  char *data;
  size_t len;
  size_t maxlen;
} PQExpBufferData, *PQExpBuffer;
PQExpBuffer createPQExpBuffer(void);
void initPQExpBuffer(PQExpBuffer), termPQExpBuffer(PQExpBuffer), resetPQExpBuffer(PQExpBuffer);
void destroyPQExpBuffer(PQExpBuffer), appendPQExpBufferStr(PQExpBuffer, const char *);
void appendPQExpBuffer(PQExpBuffer, const char *, ...), printfPQExpBuffer(PQExpBuffer, const char *, ...);

static const char begin_text[] = "BEGIN";
static const char *const commit_text = "COMMIT";
void unknown(char *);

int constants(PGconn *c, int x) {
  RUN(c, begin_text);
  if (x)
    return -1;
  // CHECK: :[[@LINE-1]]:5: warning: the transaction on 'c' is neither
  RUN(c, commit_text);
  return 0;
}
int locals(PGconn *c, int x) {
  const char *sql = x > 3 ? BEGIN_READ_ONLY : "BEGIN";
  char end[] = "COMMIT";
  RUN(c, sql);
  if (x)
    return -1;
  // CHECK: :[[@LINE-1]]:5: warning: the transaction on 'c' is neither
  RUN(c, end);
  return 0;
}
int formats(PGconn *c, const char *level, int x) {
  char sql[100];
  snprintf(sql, sizeof sql, "BEGIN ISOLATION LEVEL %s", level);
  RUN(c, sql);
  if (x)
    return -1;
  // CHECK: :[[@LINE-1]]:5: warning: the transaction on 'c' is neither
  strcpy(sql, "COMM");
  strcat(sql, "IT");
  RUN(c, sql);
  return 0;
}
int given_as_argument(PGconn *c, int x) {
  char sql[100];
  snprintf(sql, sizeof sql, "%s", "BEGIN");
  RUN(c, sql);
  if (x)
    return -1;
  // CHECK: :[[@LINE-1]]:5: warning: the transaction on 'c' is neither
  char *end = strdup("COMMIT");
  RUN(c, end);
  free(end);
  return 0;
}
int buffers(PGconn *c, int x) {
  PQExpBufferData sql;
  initPQExpBuffer(&sql);
  appendPQExpBufferStr(&sql, "BEGIN");
  appendPQExpBuffer(&sql, " ISOLATION LEVEL %s", "SERIALIZABLE");
  RUN(c, sql.data);
  if (x) {
    termPQExpBuffer(&sql);
    return -1;
    // CHECK: :[[@LINE-1]]:5: warning: the transaction on 'c' is neither
  }
  resetPQExpBuffer(&sql);
  printfPQExpBuffer(&sql, "COMMIT");
  RUN(c, sql.data);
  termPQExpBuffer(&sql);
  return 0;
}
int on_the_heap(PGconn *c, int x) {
  PQExpBuffer sql = createPQExpBuffer();
  appendPQExpBufferStr(sql, "BEGIN;");
  appendPQExpBufferStr(sql, "SET LOCAL a TO b");
  RUN(c, sql->data);
  destroyPQExpBuffer(sql);
  if (x)
    return -1;
  // CHECK: :[[@LINE-1]]:5: warning: the transaction on 'c' is neither
  RUN(c, "COMMIT");
  return 0;
}

// All of it in one string, and texts that others have changed.
void all_in_one(PGconn *c) {
  PQExpBuffer sql = createPQExpBuffer();
  appendPQExpBufferStr(sql, "BEGIN;");
  appendPQExpBufferStr(sql, "DELETE FROM t;");
  appendPQExpBufferStr(sql, "COMMIT");
  RUN(c, sql->data);
  destroyPQExpBuffer(sql);
}
int changed(PGconn *c, int x) {
  char sql[100];
  strcpy(sql, "BEGIN");
  unknown(sql);
  RUN(c, sql);
  if (x)
    return -1;
  RUN(c, "COMMIT");
  return 0;
}
int not_known(PGconn *c, const char *sql, int x) {
  RUN(c, sql);
  if (x)
    return -1;
  RUN(c, "COMMIT");
  return 0;
}
