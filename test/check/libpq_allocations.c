// Which functions of libpq hand out memory, and what keeps what it is given.
// RUN: %leaks | FileCheck %s --implicit-check-not=warning:
#include <libpq-events.h>
#include <libpq-fe.h>
#include <stdio.h>
#include <stdlib.h>

// PQgetCopyData stores a row when it returns its length, and nothing otherwise.
int rows(PGconn *conn, int limit) {
  char *row;
  int size;
  while ((size = PQgetCopyData(conn, &row, 0)) > 0) {
    if (size > limit)
      return -1;
    // CHECK: :[[@LINE-1]]:7: warning: libpq memory 'row' is not released on this return
    PQfreemem(row);
  }
  return size;
}

int rows_later(PGconn *conn) {
  char *row = NULL;
  int size = PQgetCopyData(conn, &row, 1);
  if (size == 0)
    return 0;
  if (size == -2 || size == -1)
    return size;
  fwrite(row, 1, size, stdout);
  PQfreemem(row);
  return 1;
}

void row_after_row(PGconn *conn) {
  char *row;
  while (PQgetCopyData(conn, &row, 0) > 0)
    puts(row);
  // CHECK: :[[@LINE-2]]:10: warning: libpq memory 'row' is never released
}

// The long form of an error message is a new string, the short one is the result's.
void messages(PGresult *res) {
  puts(PQresultErrorMessage(res));
  char *message = PQresultVerboseErrorMessage(res, PQERRORS_VERBOSE, PQSHOW_CONTEXT_ALWAYS);
  // CHECK: :[[@LINE-1]]:19: warning: libpq memory 'message' is never released
  puts(message);
}

// PQconninfoParse gives options, or a message why there are none.
int parse(const char *conninfo) {
  char *error;
  PQconninfoOption *options = PQconninfoParse(conninfo, &error);
  if (!options) {
    fputs(error, stderr);
    return 1;
    // CHECK: :[[@LINE-1]]:5: warning: libpq memory 'error' is not released on this return
  }
  PQconninfoFree(options);
  return 0;
}

int parse_well(const char *conninfo) {
  char *error = NULL;
  PQconninfoOption *options = PQconninfoParse(conninfo, &error);
  if (!options) {
    fputs(error ? error : "out of memory", stderr);
    PQfreemem(error);
    return 1;
  }
  PQconninfoFree(options);
  options = PQconninfoParse(conninfo, NULL);
  PQconninfoFree(options);
  return 0;
}

void options_freed(void) {
  PQconninfoOption *options = PQconndefaults();
  PQfreemem(options);
  // CHECK: :[[@LINE-1]]:3: warning: conninfo 'options' came from 'PQconndefaults' and is not to be released by 'PQfreemem'
}

// What a callback is given has another owner.
struct session {
  PGconn *conn;
};
void notice(void *arg, const char *message);
int event(PGEventId id, void *info, void *arg);

PGconn *kept(int how) {
  struct session *session = malloc(sizeof *session);
  session->conn = PQconnectdb("");
  PGconn *conn = PQconnectdb("");
  if (how == 1)
    PQsetNoticeProcessor(conn, notice, session);
  else if (how == 2)
    PQregisterEventProc(conn, event, "session", session);
  else
    PQsetInstanceData(conn, event, session);
  return conn;
}

void names(PGconn *conn) {
  for (const char *const *name = PQsslAttributeNames(conn); *name; ++name)
    puts(PQsslAttribute(conn, *name));
  puts(PQresStatus(PGRES_TUPLES_OK));
}

// There is an error text exactly where there are no options.
int parsed(const char *conninfo) {
  char *message = NULL;
  PQconninfoOption *options = PQconninfoParse(conninfo, &message);
  if (message != NULL || options == NULL) {
    if (message != NULL)
      PQfreemem(message);
    return -1;
  }
  PQconninfoFree(options);
  return 0;
}

// And there is no row when no length is returned.
int copied(PGconn *conn) {
  char *row;
  while (PQgetCopyData(conn, &row, 0) > 0)
    PQfreemem(row);
  return row == NULL ? 0 : 1;
}

// pqexpbuffer.h, which not every libpq installs.
typedef struct PQExpBufferData { char *data; } *PQExpBuffer;
PQExpBuffer createPQExpBuffer(void);
void destroyPQExpBuffer(PQExpBuffer str);
void appendPQExpBufferStr(PQExpBuffer str, const char *data);

int send(PGconn *conn, const char *table) {
  PQExpBuffer sql = createPQExpBuffer();
  appendPQExpBufferStr(sql, table);
  if (!PQsendQuery(conn, sql->data))
    return -1;
  // CHECK: :[[@LINE-1]]:5: warning: expandable buffer 'sql' is not released on this return [connsan-result-leak]
  destroyPQExpBuffer(sql);
  return 0;
}

static int fill(PQExpBuffer sql, const char *table) {
  if (!table) {
    destroyPQExpBuffer(sql);
    return 0;
  }
  appendPQExpBufferStr(sql, table);
  return 1;
}

int both_release(PGconn *conn, const char *table) {
  PQExpBuffer sql = createPQExpBuffer();
  if (!fill(sql, table)) {
    destroyPQExpBuffer(sql);
    // CHECK: :[[@LINE-1]]:5: warning: expandable buffer 'sql' is released a second time [connsan-use-after-release]
    return -1;
  }
  int sent = PQsendQuery(conn, sql->data);
  destroyPQExpBuffer(sql);
  return sent;
}

void wrong_release(void) {
  PQExpBuffer sql = createPQExpBuffer();
  PQfreemem(sql);
  // CHECK: :[[@LINE-1]]:3: warning: expandable buffer 'sql' came from 'createPQExpBuffer' and is not to be released by 'PQfreemem'
}
