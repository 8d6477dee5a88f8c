#include "interpose/Span.h"

using namespace connsan::runtime;

CONNSAN_EXPORT int PQsendQuery(PGconn *conn, const char *query) {
  UseSpan S(conn, Api::PQsendQuery, Effect::Starts, CONNSAN_CALLER);
  return S.sent(S.call(&Libpq::PQsendQuery, conn, query));
}

CONNSAN_EXPORT int PQsendQueryParams(PGconn *conn, const char *command, int nParams, const Oid *paramTypes,
                                     const char *const *paramValues, const int *paramLengths,
                                     const int *paramFormats, int resultFormat) {
  UseSpan S(conn, Api::PQsendQueryParams, Effect::Starts, CONNSAN_CALLER);
  return S.sent(S.call(&Libpq::PQsendQueryParams, conn, command, nParams, paramTypes, paramValues,
                       paramLengths, paramFormats, resultFormat));
}

CONNSAN_EXPORT int PQsendPrepare(PGconn *conn, const char *stmtName, const char *query, int nParams,
                                 const Oid *paramTypes) {
  UseSpan S(conn, Api::PQsendPrepare, Effect::Starts, CONNSAN_CALLER);
  return S.sent(S.call(&Libpq::PQsendPrepare, conn, stmtName, query, nParams, paramTypes));
}

CONNSAN_EXPORT int PQsendQueryPrepared(PGconn *conn, const char *stmtName, int nParams,
                                       const char *const *paramValues, const int *paramLengths,
                                       const int *paramFormats, int resultFormat) {
  UseSpan S(conn, Api::PQsendQueryPrepared, Effect::Starts, CONNSAN_CALLER);
  return S.sent(S.call(&Libpq::PQsendQueryPrepared, conn, stmtName, nParams, paramValues, paramLengths,
                       paramFormats, resultFormat));
}

CONNSAN_EXPORT int PQsendDescribePrepared(PGconn *conn, const char *stmt) {
  UseSpan S(conn, Api::PQsendDescribePrepared, Effect::Starts, CONNSAN_CALLER);
  return S.sent(S.call(&Libpq::PQsendDescribePrepared, conn, stmt));
}

CONNSAN_EXPORT int PQsendDescribePortal(PGconn *conn, const char *portal) {
  UseSpan S(conn, Api::PQsendDescribePortal, Effect::Starts, CONNSAN_CALLER);
  return S.sent(S.call(&Libpq::PQsendDescribePortal, conn, portal));
}

CONNSAN_EXPORT int PQpipelineSync(PGconn *conn) {
  UseSpan S(conn, Api::PQpipelineSync, Effect::Starts, CONNSAN_CALLER);
  return S.sent(S.call(&Libpq::PQpipelineSync, conn));
}

CONNSAN_EXPORT int PQsendPipelineSync(PGconn *conn) {
  UseSpan S(conn, Api::PQsendPipelineSync, Effect::Starts, CONNSAN_CALLER);
  return S.sent(S.call(&Libpq::PQsendPipelineSync, conn));
}

CONNSAN_EXPORT int PQsendFlushRequest(PGconn *conn) {
  UseSpan S(conn, Api::PQsendFlushRequest, Effect::Starts, CONNSAN_CALLER);
  return S.sent(S.call(&Libpq::PQsendFlushRequest, conn));
}

// Only outside of a pipeline does libpq tell again whether a transaction is open.
CONNSAN_EXPORT int PQexitPipelineMode(PGconn *conn) {
  UseSpan S(conn, Api::PQexitPipelineMode, Effect::Advances, CONNSAN_CALLER);
  return S.call(&Libpq::PQexitPipelineMode, conn);
}

CONNSAN_EXPORT int PQsendClosePrepared(PGconn *conn, const char *stmt) {
  UseSpan S(conn, Api::PQsendClosePrepared, Effect::Starts, CONNSAN_CALLER);
  return S.sent(S.call(&Libpq::PQsendClosePrepared, conn, stmt));
}

CONNSAN_EXPORT int PQsendClosePortal(PGconn *conn, const char *portal) {
  UseSpan S(conn, Api::PQsendClosePortal, Effect::Starts, CONNSAN_CALLER);
  return S.sent(S.call(&Libpq::PQsendClosePortal, conn, portal));
}

CONNSAN_EXPORT PGresult *PQgetResult(PGconn *conn) {
  UseSpan S(conn, Api::PQgetResult, Effect::Advances, CONNSAN_CALLER);
  return S.call(&Libpq::PQgetResult, conn);
}

CONNSAN_EXPORT int PQconsumeInput(PGconn *conn) {
  if (const Libpq *Lib = atWork(conn))
    return Lib->PQconsumeInput(conn);
  UseSpan S(conn, Api::PQconsumeInput, Effect::Looks, CONNSAN_CALLER);
  return S.looked(S.call(&Libpq::PQconsumeInput, conn));
}

CONNSAN_EXPORT int PQflush(PGconn *conn) {
  UseSpan S(conn, Api::PQflush, Effect::Looks, CONNSAN_CALLER);
  int Status = S.call(&Libpq::PQflush, conn);
  S.looked(Status >= 0);
  return Status;
}
