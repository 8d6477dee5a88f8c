#pragma once

#include <libpq-fe.h>

/// What came with libpq 17, for building with the headers of an older one.
extern "C" {
typedef struct pg_cancel_conn PGcancelConn;

PGcancelConn *PQcancelCreate(PGconn *conn);
int PQcancelStart(PGcancelConn *cancelConn);
int PQcancelBlocking(PGcancelConn *cancelConn);
PostgresPollingStatusType PQcancelPoll(PGcancelConn *cancelConn);
void PQcancelReset(PGcancelConn *cancelConn);
void PQcancelFinish(PGcancelConn *cancelConn);

PGresult *PQclosePrepared(PGconn *conn, const char *stmt);
PGresult *PQclosePortal(PGconn *conn, const char *portal);
int PQsendClosePrepared(PGconn *conn, const char *stmt);
int PQsendClosePortal(PGconn *conn, const char *portal);
int PQsendPipelineSync(PGconn *conn);
PGresult *PQchangePassword(PGconn *conn, const char *user, const char *passwd);
}
