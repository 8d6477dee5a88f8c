#include "interpose/Span.h"

using namespace connsan::runtime;

CONNSAN_EXPORT int PQrequestCancel(PGconn *conn) {
  UseSpan S(conn, Api::PQrequestCancel, Effect::Looks, CONNSAN_CALLER);
  return S.call(&Libpq::PQrequestCancel, conn);
}

// A connection of its own, and owed a PQcancelFinish from here on, connected or not.
CONNSAN_EXPORT PGcancelConn *PQcancelCreate(PGconn *conn) {
  AcquireSpan S(Api::PQcancelCreate, CONNSAN_CALLER);
  return S.created(S.call(&Libpq::PQcancelCreate, conn), conn);
}

CONNSAN_EXPORT int PQcancelStart(PGcancelConn *cancelConn) {
  ConnectingSpan S(cancelConn, Api::PQcancelStart, CONNSAN_CALLER);
  return S.begun(S.call(&Libpq::PQcancelStart, cancelConn));
}

CONNSAN_EXPORT int PQcancelBlocking(PGcancelConn *cancelConn) {
  ConnectingSpan S(cancelConn, Api::PQcancelBlocking, CONNSAN_CALLER);
  return S.cancelled(S.call(&Libpq::PQcancelBlocking, cancelConn));
}

CONNSAN_EXPORT PostgresPollingStatusType PQcancelPoll(PGcancelConn *cancelConn) {
  ConnectingSpan S(cancelConn, Api::PQcancelPoll, CONNSAN_CALLER);
  return S.polled(S.call(&Libpq::PQcancelPoll, cancelConn));
}

CONNSAN_EXPORT void PQcancelReset(PGcancelConn *cancelConn) {
  ConnectingSpan S(cancelConn, Api::PQcancelReset, CONNSAN_CALLER);
  S.call(&Libpq::PQcancelReset, cancelConn);
  S.cancelled(1);
}

CONNSAN_EXPORT void PQcancelFinish(PGcancelConn *cancelConn) {
  ReleaseSpan S(cancelConn, Api::PQcancelFinish, CONNSAN_CALLER);
  S.call(&Libpq::PQcancelFinish, cancelConn);
}
