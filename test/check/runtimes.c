// The errors of a runtime that hosts the code jump out of it.
// RUN: %leaks | FileCheck %s --implicit-check-not=warning:
#include <libpq-fe.h>
#include <setjmp.h>

// A server's error, in the shape that PostgreSQL's macros give it.
_Bool errstart(int level, const char *domain);
_Bool errstart_cold(int level, const char *domain);
void errfinish(const char *file, int line, const char *function);
_Noreturn void pg_re_throw(void);
enum { Notice = 18, Error = 21 };
#define report(level)                                                                                                  \
  do {                                                                                                                 \
    if (__builtin_constant_p(level) && (level) >= Error ? errstart_cold(level, 0) : errstart(level, 0))                \
      errfinish(__FILE__, __LINE__, __func__);                                                                         \
    if (__builtin_constant_p(level) && (level) >= Error)                                                               \
      __builtin_unreachable();                                                                                         \
  } while (0)

void in_the_server(void) {
  PGconn *conn = PQconnectdb("");
  if (PQstatus(conn) != CONNECTION_OK)
    report(Error);
  // CHECK: :[[@LINE-1]]:5: warning: connection 'conn' is not released before control jumps out of 'in_the_server' here
  report(Notice);
  PQfinish(conn);
}

void caught_in_the_server(int x) {
  PGconn *volatile conn = PQconnectdb("");
  sigjmp_buf here;
  if (sigsetjmp(here, 0) == 0) {
    if (x)
      report(Error);
    PQfinish(conn);
  } else {
    PQfinish(conn);
    pg_re_throw();
  }
}

// As pgpool has it: the level tells, and only errfinish comes back.
#define report_by_level(level)                                                                               \
  do {                                                                                                       \
    if (errstart(level, 0))                                                                                  \
      errfinish(__FILE__, __LINE__, __func__);                                                               \
    if ((level) >= Error)                                                                                    \
      __builtin_unreachable();                                                                               \
  } while (0)

void in_the_pool(void) {
  PGconn *conn = PQconnectdb("");
  report_by_level(Notice);
  if (PQstatus(conn) != CONNECTION_OK)
    report_by_level(Error);
  // CHECK: :[[@LINE-1]]:5: warning: connection 'conn' is not released before control jumps out of 'in_the_pool' here
  PQfinish(conn);
}

static void report_result(int level, PGresult *res) {
  errstart(level, PQresultErrorMessage(res));
  PQclear(res);
}

void never_back(PGconn *conn) {
  PGresult *res = PQexec(conn, "COMMIT");
  if (PQresultStatus(res) != PGRES_COMMAND_OK)
    report_result(Error, res);
  PQclear(res);
}

typedef unsigned long VALUE;
_Noreturn void rb_raise(VALUE class, const char *format, ...);
_Noreturn void rb_bug(const char *format, ...);
VALUE in_ruby(VALUE class, int x) {
  PGconn *conn = PQconnectdb("");
  if (x == 1)
    rb_raise(class, "%s", PQerrorMessage(conn));
  // CHECK: :[[@LINE-1]]:5: warning: connection 'conn' is not released before control jumps out of 'in_ruby' here
  if (x == 2)
    rb_bug("this ends the process");
  PQfinish(conn);
  return 0;
}

typedef struct lua_State lua_State;
int luaL_error(lua_State *L, const char *format, ...);
int in_lua(lua_State *L) {
  PGconn *conn = PQconnectdb("");
  if (PQstatus(conn) != CONNECTION_OK)
    return luaL_error(L, "%s", PQerrorMessage(conn));
  // CHECK: :[[@LINE-1]]:12: warning: connection 'conn' is not released before control jumps out of 'in_lua' here
  PQfinish(conn);
  return 0;
}

_Noreturn void Perl_croak_nocontext(const char *format, ...);
void in_perl(int x) {
  PGconn *conn = PQconnectdb("");
  if (x)
    Perl_croak_nocontext("%s", PQerrorMessage(conn));
  // CHECK: :[[@LINE-1]]:5: warning: connection 'conn' is not released before control jumps out of 'in_perl' here
  PQfinish(conn);
}
