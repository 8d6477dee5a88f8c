// A libpq that connects to nothing and allocates nothing, for what is about the wrappers alone: a signal handler may call
// it, its connections are cheap, and its stack frames are small. Built as libpq.so.5 it is found as the real one is.
#include <stdatomic.h>
#include <stddef.h>

typedef struct pg_conn {
  struct pg_conn *Next;
} PGconn;

#define MOST (1 << 18)
static PGconn Pool[MOST];
static _Atomic unsigned Fresh;
// The address of the last one that was finished comes next, as with malloc: a tag above the index keeps ABA away.
static _Atomic unsigned long Free;

static PGconn *take(void) {
  for (;;) {
    unsigned long Head = Free;
    unsigned Index = Head & 0xffffffff;
    if (!Index) {
      unsigned New = Fresh++;
      return New < MOST ? &Pool[New] : NULL;
    }
    PGconn *Next = Pool[Index - 1].Next;
    unsigned long To = ((Head >> 32) + 1) << 32 | (Next ? (unsigned long)(Next - Pool + 1) : 0);
    if (atomic_compare_exchange_strong(&Free, &Head, To))
      return &Pool[Index - 1];
  }
}

static void giveBack(PGconn *Conn) {
  unsigned long Head = Free, To;
  do {
    unsigned Index = Head & 0xffffffff;
    Conn->Next = Index ? &Pool[Index - 1] : NULL;
    To = ((Head >> 32) + 1) << 32 | (unsigned long)(Conn - Pool + 1);
  } while (!atomic_compare_exchange_strong(&Free, &Head, To));
}

// "fail" has no memory.
PGconn *PQconnectStart(const char *Info) { return Info[0] == 'f' ? NULL : take(); }
PGconn *PQconnectdb(const char *Info) { return PQconnectStart(Info); }
PGconn *PQconnectStartParams(const char *const *Keys, const char *const *Values, int Expand) {
  (void)Keys, (void)Expand;
  return PQconnectStart(Values[0]);
}
PGconn *PQconnectdbParams(const char *const *Keys, const char *const *Values, int Expand) {
  return PQconnectStartParams(Keys, Values, Expand);
}
PGconn *PQsetdbLogin(const char *Host, const char *Port, const char *Options, const char *Tty, const char *Db,
                     const char *User, const char *Password) {
  (void)Port, (void)Options, (void)Tty, (void)Db, (void)User, (void)Password;
  return PQconnectStart(Host);
}
void PQfinish(PGconn *Conn) {
  if (Conn)
    giveBack(Conn);
}
void *PQexec(PGconn *Conn, const char *Query) {
  (void)Conn, (void)Query;
  return NULL;
}
void *PQgetResult(PGconn *Conn) {
  (void)Conn;
  return NULL;
}
int PQconnectPoll(PGconn *Conn) { return Conn ? 3 : 0; }
int PQstatus(const PGconn *Conn) { return !Conn; }
int PQtransactionStatus(const PGconn *Conn) {
  (void)Conn;
  return 0;
}
static const char *name(const PGconn *Conn) {
  (void)Conn;
  return "fake";
}
const char *PQdb(const PGconn *Conn) { return name(Conn); }
const char *PQuser(const PGconn *Conn) { return name(Conn); }
const char *PQhost(const PGconn *Conn) { return name(Conn); }
const char *PQport(const PGconn *Conn) { return name(Conn); }
const char *PQerrorMessage(const PGconn *Conn) { return name(Conn); }
const char *PQparameterStatus(const PGconn *Conn, const char *Name) {
  (void)Name;
  return name(Conn);
}
int PQbackendPID(const PGconn *Conn) {
  (void)Conn;
  return 0;
}
int PQsocket(const PGconn *Conn) {
  (void)Conn;
  return -1;
}
// Memory is out whenever somebody wants to listen.
int PQregisterEventProc(PGconn *Conn, void *Proc, const char *Name, void *Data) {
  (void)Conn, (void)Proc, (void)Name, (void)Data;
  return 0;
}
