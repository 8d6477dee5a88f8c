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

// The older functions, which are still there.

CONNSAN_EXPORT int PQgetline(PGconn *conn, char *buffer, int length) {
  UseSpan S(conn, Api::PQgetline, Effect::Advances, CONNSAN_CALLER);
  return S.call(&Libpq::PQgetline, conn, buffer, length);
}

CONNSAN_EXPORT int PQgetlineAsync(PGconn *conn, char *buffer, int bufsize) {
  UseSpan S(conn, Api::PQgetlineAsync, Effect::Advances, CONNSAN_CALLER);
  return S.call(&Libpq::PQgetlineAsync, conn, buffer, bufsize);
}

CONNSAN_EXPORT int PQputline(PGconn *conn, const char *string) {
  UseSpan S(conn, Api::PQputline, Effect::Advances, CONNSAN_CALLER);
  return S.call(&Libpq::PQputline, conn, string);
}

CONNSAN_EXPORT int PQputnbytes(PGconn *conn, const char *buffer, int nbytes) {
  UseSpan S(conn, Api::PQputnbytes, Effect::Advances, CONNSAN_CALLER);
  return S.call(&Libpq::PQputnbytes, conn, buffer, nbytes);
}

CONNSAN_EXPORT int PQendcopy(PGconn *conn) {
  UseSpan S(conn, Api::PQendcopy, Effect::Advances, CONNSAN_CALLER);
  return S.call(&Libpq::PQendcopy, conn);
}
