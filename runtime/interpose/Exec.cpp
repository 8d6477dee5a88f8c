#include "interpose/Span.h"

using namespace connsan::runtime;

CONNSAN_EXPORT PGresult *PQexec(PGconn *conn, const char *query) {
  UseSpan S(conn, Api::PQexec, Effect::Starts, CONNSAN_CALLER);
  return S.call(&Libpq::PQexec, conn, query);
}

CONNSAN_EXPORT PGresult *PQexecParams(PGconn *conn, const char *command, int nParams, const Oid *paramTypes,
                                      const char *const *paramValues, const int *paramLengths,
                                      const int *paramFormats, int resultFormat) {
  UseSpan S(conn, Api::PQexecParams, Effect::Starts, CONNSAN_CALLER);
  return S.call(&Libpq::PQexecParams, conn, command, nParams, paramTypes, paramValues, paramLengths,
                paramFormats, resultFormat);
}

CONNSAN_EXPORT PGresult *PQprepare(PGconn *conn, const char *stmtName, const char *query, int nParams,
                                   const Oid *paramTypes) {
  UseSpan S(conn, Api::PQprepare, Effect::Starts, CONNSAN_CALLER);
  return S.call(&Libpq::PQprepare, conn, stmtName, query, nParams, paramTypes);
}

CONNSAN_EXPORT PGresult *PQexecPrepared(PGconn *conn, const char *stmtName, int nParams,
                                        const char *const *paramValues, const int *paramLengths,
                                        const int *paramFormats, int resultFormat) {
  UseSpan S(conn, Api::PQexecPrepared, Effect::Starts, CONNSAN_CALLER);
  return S.call(&Libpq::PQexecPrepared, conn, stmtName, nParams, paramValues, paramLengths, paramFormats,
                resultFormat);
}

CONNSAN_EXPORT PGresult *PQdescribePrepared(PGconn *conn, const char *stmt) {
  UseSpan S(conn, Api::PQdescribePrepared, Effect::Starts, CONNSAN_CALLER);
  return S.call(&Libpq::PQdescribePrepared, conn, stmt);
}

CONNSAN_EXPORT PGresult *PQdescribePortal(PGconn *conn, const char *portal) {
  UseSpan S(conn, Api::PQdescribePortal, Effect::Starts, CONNSAN_CALLER);
  return S.call(&Libpq::PQdescribePortal, conn, portal);
}

// The lo_ functions call this one, and are not wrapped themselves: their names are too common to be ours.
CONNSAN_EXPORT PGresult *PQfn(PGconn *conn, int fnid, int *result_buf, int *result_len, int result_is_int,
                              const PQArgBlock *args, int nargs) {
  UseSpan S(conn, Api::PQfn, Effect::Starts, CONNSAN_CALLER, InnerCalls::Count);
  return S.call(&Libpq::PQfn, conn, fnid, result_buf, result_len, result_is_int, args, nargs);
}

CONNSAN_EXPORT PGresult *PQclosePrepared(PGconn *conn, const char *stmt) {
  UseSpan S(conn, Api::PQclosePrepared, Effect::Starts, CONNSAN_CALLER);
  return S.call(&Libpq::PQclosePrepared, conn, stmt);
}

CONNSAN_EXPORT PGresult *PQclosePortal(PGconn *conn, const char *portal) {
  UseSpan S(conn, Api::PQclosePortal, Effect::Starts, CONNSAN_CALLER);
  return S.call(&Libpq::PQclosePortal, conn, portal);
}

CONNSAN_EXPORT char *PQencryptPasswordConn(PGconn *conn, const char *passwd, const char *user,
                                           const char *algorithm) {
  UseSpan S(conn, Api::PQencryptPasswordConn, Effect::Starts, CONNSAN_CALLER);
  return S.call(&Libpq::PQencryptPasswordConn, conn, passwd, user, algorithm);
}

CONNSAN_EXPORT PGresult *PQchangePassword(PGconn *conn, const char *user, const char *passwd) {
  UseSpan S(conn, Api::PQchangePassword, Effect::Starts, CONNSAN_CALLER);
  return S.call(&Libpq::PQchangePassword, conn, user, passwd);
}
