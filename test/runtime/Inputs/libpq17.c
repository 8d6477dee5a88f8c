// As much of a libpq as the runtime needs, with functions that came with version 17. There is no server behind it.
#include <libpq-fe.h>
#include <libpq-events.h>
#include <stdlib.h>

typedef struct pg_cancel_conn PGcancelConn;

PGconn *PQconnectStart(const char *Info) { (void)Info; return malloc(64); }
PGconn *PQconnectdb(const char *Info) { return PQconnectStart(Info); }
void PQfinish(PGconn *Conn) { free(Conn); }
ConnStatusType PQstatus(const PGconn *Conn) { return Conn ? CONNECTION_OK : CONNECTION_BAD; }
PGTransactionStatusType PQtransactionStatus(const PGconn *Conn) { (void)Conn; return PQTRANS_IDLE; }
char *PQdb(const PGconn *Conn) { (void)Conn; return "stub"; }
char *PQuser(const PGconn *Conn) { (void)Conn; return "nobody"; }
char *PQhost(const PGconn *Conn) { (void)Conn; return "nowhere"; }
char *PQport(const PGconn *Conn) { (void)Conn; return "1"; }
int PQbackendPID(const PGconn *Conn) { (void)Conn; return 4242; }
int PQsocket(const PGconn *Conn) { (void)Conn; return -1; }
const char *PQparameterStatus(const PGconn *Conn, const char *Name) { (void)Conn; (void)Name; return ""; }
char *PQerrorMessage(const PGconn *Conn) { (void)Conn; return ""; }

PGresult *PQclosePrepared(PGconn *Conn, const char *Name) { (void)Conn; (void)Name; return NULL; }
int PQsendPipelineSync(PGconn *Conn) { (void)Conn; return 1; }
PGcancelConn *PQcancelCreate(PGconn *Conn) { (void)Conn; return malloc(64); }
int PQcancelStart(PGcancelConn *Cancel) { (void)Cancel; return 1; }
int PQcancelBlocking(PGcancelConn *Cancel) { (void)Cancel; return 1; }
PostgresPollingStatusType PQcancelPoll(PGcancelConn *Cancel) { (void)Cancel; return PGRES_POLLING_OK; }
void PQcancelReset(PGcancelConn *Cancel) { (void)Cancel; }
// As in libpq 17, by way of the public name.
void PQcancelFinish(PGcancelConn *Cancel) { PQfinish((PGconn *)Cancel); }
