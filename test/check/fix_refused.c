// Where a release before the exit may be wrong there is none: each leak is reported, and nothing is edited.
// RUN: cp %s %t.c && %fix -export-fixes=%t.yaml %t.c -- %libpq_flags | FileCheck %s
// RUN: diff %s %t.c
// RUN: FileCheck %s --input-file=%t.yaml --check-prefix=YAML --implicit-check-not=ReplacementText:
// RUN: %expect_status 1 %connsan check --format=json %s -- %libpq_flags | FileCheck %s --check-prefix=JSON --implicit-check-not='"offset"'
// JSON: "edits": []
#include <errno.h>
#include <libpq-fe.h>
#include <stdio.h>
#include <string.h>

// What is returned comes from what would be released.
int uses(int x) {
  PGconn *c = PQconnectdb("");
  if (x)
    return PQstatus(c);
  // CHECK: :[[@LINE-1]]:5: warning: connection 'c' is not released on this return
  PQfinish(c);
  return 0;
}

const char *derived(PGconn *c, int x) {
  PGresult *r = PQexec(c, "");
  const char *text = PQgetvalue(r, 0, 0);
  const char *end = strchr(text, ' ');
  if (x)
    return end;
  // CHECK: :[[@LINE-1]]:5: warning: result 'r' is not released on this return
  PQclear(r);
  return NULL;
}

int descriptor(void) {
  PGconn *c = PQconnectdb("");
  // CHECK: :[[@LINE-1]]:15: warning: connection 'c' is never released
  int fd = PQsocket(c);
  return fd;
}

int byACallee(PGconn *c, char **out);

char *filledIn(PGconn *unused, int x) {
  PGconn *c = PQconnectdb("");
  char *text = NULL;
  byACallee(c, &text);
  if (x)
    return text;
  // CHECK: :[[@LINE-1]]:5: warning: connection 'c' is not released on this return
  PQfinish(c);
  return NULL;
}

// What comes from it is still there afterwards.
int outParameter(PGconn *c, const char **out, int x) {
  PGresult *r = PQexec(c, "");
  *out = PQgetvalue(r, 0, 0);
  if (x)
    return 1;
  // CHECK: :[[@LINE-1]]:5: warning: result 'r' is not released on this return
  PQclear(r);
  return 0;
}

static const char *last;

int global(PGconn *c, int x) {
  PGresult *r = PQexec(c, "");
  last = PQgetvalue(r, 0, 0);
  if (x)
    return 1;
  // CHECK: :[[@LINE-1]]:5: warning: result 'r' is not released on this return
  PQclear(r);
  return 0;
}

void afterTheLoop(PGconn *c, int n) {
  const char *name = "";
  for (int i = 0; i < n; ++i) {
    PGresult *r = PQexec(c, "");
    name = PQgetvalue(r, 0, 0);
    if (i == 7)
      break;
    // CHECK: :[[@LINE-1]]:7: warning: result 'r' is not released before this 'break'
    PQclear(r);
  }
  puts(name);
}

// A release may change what is asked for.
int error(int x) {
  PGconn *c = PQconnectdb("");
  if (x)
    return -errno;
  // CHECK: :[[@LINE-1]]:5: warning: connection 'c' is not released on this return
  PQfinish(c);
  return 0;
}

// Two are owed.
int both(int x) {
  PGconn *a = PQconnectdb("a");
  PGconn *b = PQconnectdb("b");
  if (x)
    return 1;
  // CHECK: :[[@LINE-1]]:5: warning: connection 'a' is not released on this return
  // CHECK: :[[@LINE-2]]:5: warning: connection 'b' is not released on this return
  PQfinish(b);
  PQfinish(a);
  return 0;
}

int resultToo(int x) {
  PGconn *c = PQconnectdb("");
  PGresult *r = PQexec(c, "");
  if (x)
    return 1;
  // CHECK: :[[@LINE-1]]:5: warning: connection 'c' is not released on this return
  PQclear(r);
  PQfinish(c);
  return 0;
}

// On another path to the exit there is nothing to release, or nobody knows.
int released(int x, int y) {
  PGconn *c = PQconnectdb("");
  if (x) {
    PQfinish(c);
    goto out;
  }
  if (y)
    goto out;
  PQfinish(c);
  return 0;
out:
  return 1;
  // CHECK: :[[@LINE-1]]:3: warning: connection 'c' is not released on this return
}

int uninitialised(int x, int y) {
  PGconn *c;
  if (x)
    goto out;
  c = PQconnectdb("");
  if (y)
    goto out;
  PQfinish(c);
  return 0;
out:
  return 1;
  // CHECK: :[[@LINE-1]]:3: warning: connection 'c' is not released on this return
}

int ofTheCaller(PGconn *given, int x, int y) {
  PGconn *c = given;
  if (x)
    c = PQconnectdb("");
  if (y)
    return 1;
  // CHECK: :[[@LINE-1]]:5: warning: connection 'c' is not released on this return
  if (x)
    PQfinish(c);
  return 0;
}

// Not a plain local variable.
struct session {
  PGconn *c;
};

int inAnObject(int x) {
  struct session s;
  s.c = PQconnectdb("");
  if (x)
    return 1;
  // CHECK: :[[@LINE-1]]:5: warning: connection 's.c' is not released on this return
  PQfinish(s.c);
  return 0;
}

int hidden(int x) {
  PGconn *c = PQconnectdb("");
  for (int c = 0; c < x; ++c)
    if (c == 7)
      return 1;
  // CHECK: :[[@LINE-1]]:7: warning: connection 'c' is not released on this return
  PQfinish(c);
  return 0;
}

// Macros.
#define LEAVE_IF(X)                                                                                                    \
  if (X)                                                                                                               \
  return 1

int exitInAMacro(int x) {
  PGconn *c = PQconnectdb("");
  LEAVE_IF(x);
  // CHECK: :[[@LINE-1]]:3: warning: connection 'c' is not released on this return
  PQfinish(c);
  return 0;
}

#define IF if (
#define THEN )

int conditionInAMacro(int x) {
  PGconn *c = PQconnectdb("");
  IF x THEN
    return 1;
  // CHECK: :[[@LINE-1]]:5: warning: connection 'c' is not released on this return
  PQfinish(c);
  return 0;
}

#define CONNECT PQconnectdb("")

int acquireInAMacro(int x) {
  PGconn *c = CONNECT;
  if (x)
    return 1;
  // CHECK: :[[@LINE-1]]:5: warning: connection 'c' is not released on this return
  PQfinish(c);
  return 0;
}

int directive(int x) {
  PGconn *c = PQconnectdb("");
  if (x)
#ifndef NOTHING
    return 1;
  // CHECK: :[[@LINE-1]]:5: warning: connection 'c' is not released on this return
#else
    return 2;
#endif
  PQfinish(c);
  return 0;
}

// Other ways out.
int jumps(int x) {
  for (;;) {
    PGconn *c = PQconnectdb("");
    if (x)
      goto out;
    // CHECK: :[[@LINE-1]]:7: warning: connection 'c' is not released before this 'goto'
    PQfinish(c);
  }
out:
  return 1;
}

// YAML: MainSourceFile:
