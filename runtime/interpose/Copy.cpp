#include "interpose/Span.h"

using namespace connsan::runtime;

CONNSAN_EXPORT int PQputCopyData(PGconn *conn, const char *buffer, int nbytes) {
  UseSpan S(conn, Api::PQputCopyData, Effect::Advances, CONNSAN_CALLER);
  return S.call(&Libpq::PQputCopyData, conn, buffer, nbytes);
}

CONNSAN_EXPORT int PQputCopyEnd(PGconn *conn, const char *errormsg) {
  UseSpan S(conn, Api::PQputCopyEnd, Effect::Advances, CONNSAN_CALLER);
  return S.call(&Libpq::PQputCopyEnd, conn, errormsg);
}

CONNSAN_EXPORT int PQgetCopyData(PGconn *conn, char **buffer, int async) {
  UseSpan S(conn, Api::PQgetCopyData, Effect::Advances, CONNSAN_CALLER);
  return S.call(&Libpq::PQgetCopyData, conn, buffer, async);
}
