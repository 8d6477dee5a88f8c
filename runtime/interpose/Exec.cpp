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

CONNSAN_EXPORT PGresult *PQfn(PGconn *conn, int fnid, int *result_buf, int *result_len, int result_is_int,
                              const PQArgBlock *args, int nargs) {
  UseSpan S(conn, Api::PQfn, Effect::Starts, CONNSAN_CALLER);
  return S.call(&Libpq::PQfn, conn, fnid, result_buf, result_len, result_is_int, args, nargs);
}
