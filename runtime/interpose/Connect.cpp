#include "interpose/Span.h"

using namespace connsan::runtime;

CONNSAN_EXPORT PGconn *PQconnectdb(const char *conninfo) {
  AcquireSpan S(Api::PQconnectdb, CONNSAN_CALLER);
  return S.connected(S.call(&Libpq::PQconnectdb, conninfo));
}

CONNSAN_EXPORT PGconn *PQconnectdbParams(const char *const *keywords, const char *const *values,
                                         int expand_dbname) {
  AcquireSpan S(Api::PQconnectdbParams, CONNSAN_CALLER);
  return S.connected(S.call(&Libpq::PQconnectdbParams, keywords, values, expand_dbname));
}

CONNSAN_EXPORT PGconn *PQsetdbLogin(const char *pghost, const char *pgport, const char *pgoptions,
                                    const char *pgtty, const char *dbName, const char *login,
                                    const char *pwd) {
  AcquireSpan S(Api::PQsetdbLogin, CONNSAN_CALLER);
  return S.connected(S.call(&Libpq::PQsetdbLogin, pghost, pgport, pgoptions, pgtty, dbName, login, pwd));
}

CONNSAN_EXPORT PGconn *PQconnectStart(const char *conninfo) {
  AcquireSpan S(Api::PQconnectStart, CONNSAN_CALLER);
  return S.started(S.call(&Libpq::PQconnectStart, conninfo));
}

CONNSAN_EXPORT PGconn *PQconnectStartParams(const char *const *keywords, const char *const *values,
                                            int expand_dbname) {
  AcquireSpan S(Api::PQconnectStartParams, CONNSAN_CALLER);
  return S.started(S.call(&Libpq::PQconnectStartParams, keywords, values, expand_dbname));
}

CONNSAN_EXPORT PostgresPollingStatusType PQconnectPoll(PGconn *conn) {
  ConnectingSpan S(conn, Api::PQconnectPoll, CONNSAN_CALLER);
  return S.polled(S.call(&Libpq::PQconnectPoll, conn));
}

CONNSAN_EXPORT void PQfinish(PGconn *conn) {
  ReleaseSpan S(conn, Api::PQfinish, CONNSAN_CALLER);
  S.call(&Libpq::PQfinish, conn);
}
