#include "interpose/Span.h"

using namespace connsan::runtime;

CONNSAN_EXPORT void PQreset(PGconn *conn) {
  ConnectingSpan S(conn, Api::PQreset, CONNSAN_CALLER);
  S.call(&Libpq::PQreset, conn);
  S.settled();
}

CONNSAN_EXPORT int PQresetStart(PGconn *conn) {
  ConnectingSpan S(conn, Api::PQresetStart, CONNSAN_CALLER);
  return S.begun(S.call(&Libpq::PQresetStart, conn));
}

CONNSAN_EXPORT PostgresPollingStatusType PQresetPoll(PGconn *conn) {
  ConnectingSpan S(conn, Api::PQresetPoll, CONNSAN_CALLER);
  return S.polled(S.call(&Libpq::PQresetPoll, conn));
}
