// A libpq that reaches no server and answers at once, so that what is measured is the runtime. Built as
// libpq.so.5. It has what runtime/interpose/Libpq.inc names and libpq 15 has, and keeps of a connection what the
// runtime asks for.
#include <libpq-events.h>
#include <libpq-fe.h>

#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

struct pg_conn {
  const char *ApplicationName; // points into the caller's connection string
  PGTransactionStatusType Transaction;
  int ResultsLeft;
  int InBlock;
};

struct pg_result {
  ExecStatusType Status;
};

static PGresult Answer = {PGRES_TUPLES_OK};
/// A real one, so that looking at it costs what it costs; all connections share it.
static int Socket = -1;

__attribute__((constructor)) static void openSocket(void) {
  Socket = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
}

static PGconn *make(const char *Conninfo) {
  PGconn *Conn = calloc(1, sizeof *Conn);
  if (!Conn)
    return NULL;
  static const char Key[] = "application_name=";
  Conn->ApplicationName = Conninfo && !strncmp(Conninfo, Key, sizeof Key - 1) ? Conninfo + sizeof Key - 1 : "";
  return Conn;
}

static int sendText(PGconn *Conn, const char *Query) {
  if (Query && *Query == 'B')
    Conn->InBlock = 1;
  else if (Query && (*Query == 'C' || *Query == 'R'))
    Conn->InBlock = 0;
  Conn->Transaction = PQTRANS_ACTIVE;
  Conn->ResultsLeft = 1;
  return 1;
}

static PGresult *receive(PGconn *Conn) {
  if (Conn->ResultsLeft-- > 0)
    return &Answer;
  Conn->ResultsLeft = 0;
  Conn->Transaction = Conn->InBlock ? PQTRANS_INTRANS : PQTRANS_IDLE;
  return NULL;
}

static PGresult *execText(PGconn *Conn, const char *Query) {
  sendText(Conn, Query);
  PGresult *Result = receive(Conn);
  receive(Conn);
  return Result;
}

// Connecting.
PGconn *PQconnectdb(const char *conninfo) { return make(conninfo); }
PGconn *PQconnectStart(const char *conninfo) { return make(conninfo); }
PGconn *PQconnectdbParams(const char *const *k, const char *const *v, int e) { return make(NULL); }
PGconn *PQconnectStartParams(const char *const *k, const char *const *v, int e) { return make(NULL); }
PGconn *PQsetdbLogin(const char *h, const char *p, const char *o, const char *t, const char *d, const char *l,
                     const char *w) {
  return make(NULL);
}
PostgresPollingStatusType PQconnectPoll(PGconn *conn) { return PGRES_POLLING_OK; }
void PQreset(PGconn *conn) {}
int PQresetStart(PGconn *conn) { return 1; }
PostgresPollingStatusType PQresetPoll(PGconn *conn) { return PGRES_POLLING_OK; }
void PQfinish(PGconn *conn) { free(conn); }

// Queries.
PGresult *PQexec(PGconn *conn, const char *query) { return execText(conn, query); }
PGresult *PQexecParams(PGconn *conn, const char *q, int n, const Oid *t, const char *const *v, const int *l,
                       const int *f, int r) {
  return execText(conn, q);
}
PGresult *PQprepare(PGconn *conn, const char *s, const char *q, int n, const Oid *t) { return execText(conn, ""); }
PGresult *PQexecPrepared(PGconn *conn, const char *s, int n, const char *const *v, const int *l, const int *f,
                         int r) {
  return execText(conn, "");
}
PGresult *PQdescribePrepared(PGconn *conn, const char *s) { return execText(conn, ""); }
PGresult *PQdescribePortal(PGconn *conn, const char *p) { return execText(conn, ""); }
PGresult *PQfn(PGconn *conn, int i, int *b, int *l, int r, const PQArgBlock *a, int n) { return execText(conn, ""); }
int PQsendQuery(PGconn *conn, const char *query) { return sendText(conn, query); }
int PQsendQueryParams(PGconn *conn, const char *q, int n, const Oid *t, const char *const *v, const int *l,
                      const int *f, int r) {
  return sendText(conn, q);
}
int PQsendPrepare(PGconn *conn, const char *s, const char *q, int n, const Oid *t) { return sendText(conn, ""); }
int PQsendQueryPrepared(PGconn *conn, const char *s, int n, const char *const *v, const int *l, const int *f,
                        int r) {
  return sendText(conn, "");
}
int PQsendDescribePrepared(PGconn *conn, const char *s) { return sendText(conn, ""); }
int PQsendDescribePortal(PGconn *conn, const char *p) { return sendText(conn, ""); }
int PQpipelineSync(PGconn *conn) { return sendText(conn, ""); }
int PQsendFlushRequest(PGconn *conn) { return 1; }
int PQexitPipelineMode(PGconn *conn) { return 1; }
int PQflush(PGconn *conn) { return 0; }
int PQrequestCancel(PGconn *conn) { return 1; }
char *PQencryptPasswordConn(PGconn *conn, const char *p, const char *u, const char *a) { return NULL; }
PGresult *PQgetResult(PGconn *conn) { return receive(conn); }
int PQconsumeInput(PGconn *conn) { return 1; }
int PQputCopyData(PGconn *conn, const char *b, int n) { return 1; }
int PQputCopyEnd(PGconn *conn, const char *e) { return 1; }
int PQgetCopyData(PGconn *conn, char **b, int a) { return -1; }
int PQgetline(PGconn *conn, char *b, int n) { return EOF; }
int PQgetlineAsync(PGconn *conn, char *b, int n) { return -1; }
int PQputline(PGconn *conn, const char *s) { return 0; }
int PQputnbytes(PGconn *conn, const char *b, int n) { return 0; }
int PQendcopy(PGconn *conn) { return 0; }
void PQclear(PGresult *res) {}

// What can be read of a connection.
ConnStatusType PQstatus(const PGconn *conn) { return CONNECTION_OK; }
PGTransactionStatusType PQtransactionStatus(const PGconn *conn) { return conn->Transaction; }
PGpipelineStatus PQpipelineStatus(const PGconn *conn) { return PQ_PIPELINE_OFF; }
char *PQdb(const PGconn *conn) { return "orders"; }
char *PQuser(const PGconn *conn) { return "app"; }
char *PQhost(const PGconn *conn) { return "localhost"; }
char *PQport(const PGconn *conn) { return "5432"; }
int PQbackendPID(const PGconn *conn) { return 4711; }
int PQsocket(const PGconn *conn) { return Socket; }
const char *PQparameterStatus(const PGconn *conn, const char *name) {
  return !strcmp(name, "application_name") ? conn->ApplicationName : NULL;
}
char *PQerrorMessage(const PGconn *conn) { return ""; }
int PQregisterEventProc(PGconn *conn, PGEventProc proc, const char *name, void *data) { return 1; }
