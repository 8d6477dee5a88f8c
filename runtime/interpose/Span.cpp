#include "interpose/Span.h"

#include "options/Current.h"
#include "registry/Clock.h"
#include "registry/Mailbox.h"
#include "watch/Watcher.h"

#include <cstring>
#include <netinet/in.h>
#include <new>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

namespace connsan::runtime {

namespace {

/// The connects that this thread is in, outermost first: libpq reaches some of its connect functions through
/// the symbol table, so one call of the program can be seen several times. Kept apart from the stack: a call
/// that was left by longjmp is told by where it was, but is no longer there to be asked.
struct Connect {
  uintptr_t Where;
  const Libpq *Through;
};
constexpr unsigned MostConnects = 16;
thread_local Connect Connects[MostConnects];
thread_local unsigned ConnectCount = 0;

std::string orEmpty(const char *Text) {
  return Text ? Text : "";
}

Standing standingOf(const Libpq &Lib, const PGconn *Conn) {
  switch (Lib.PQtransactionStatus(Conn)) {
  case PQTRANS_IDLE:
    break;
  case PQTRANS_INTRANS:
    return Standing::InTransaction;
  case PQTRANS_INERROR:
    return Standing::InFailedTransaction;
  case PQTRANS_ACTIVE:
    // In pipeline mode a connection says active as long as the mode lasts.
    if (!Lib.PQpipelineStatus || Lib.PQpipelineStatus(Conn) == PQ_PIPELINE_OFF)
      return Standing::InFlight;
    break;
  case PQTRANS_UNKNOWN:
    return Standing::Broken;
  }
  return Standing::Idle;
}

/// The port on this side, by which the server and packet captures know the connection; 0 of a Unix socket.
uint16_t localPort(int Socket) {
  union {
    sockaddr Any;
    sockaddr_in V4;
    sockaddr_in6 V6;
    sockaddr_storage Room;
  } Address;
  socklen_t Length = sizeof Address;
  if (Socket < 0 || getsockname(Socket, &Address.Any, &Length) != 0)
    return 0;
  if (Address.Any.sa_family == AF_INET)
    return ntohs(Address.V4.sin_port);
  return Address.Any.sa_family == AF_INET6 ? ntohs(Address.V6.sin6_port) : 0;
}

/// Which socket the connection has, so that one that was closed past us can be told.
void readSocket(Record &R, int Socket) {
  struct stat Status;
  bool Known = Socket >= 0 && fstat(Socket, &Status) == 0;
  R.Socket.store(-1, std::memory_order_relaxed);
  R.SocketInode.store(Known ? Status.st_ino : 0, std::memory_order_relaxed);
  R.Socket.store(Known ? Socket : -1, std::memory_order_release);
  R.LocalPort.store(localPort(Socket), std::memory_order_relaxed);
}

} // namespace

const Libpq *routeUnknown(RecordRef &Ref, const void *Caller) {
  // The program may go on with a connection of a library that it has unloaded, by another copy of it.
  Ref = {};
  return libpqFor(Caller);
}

AcquireSpan::AcquireSpan(Api How, const void *From) : With(How), Caller(From) {
  auto Here = reinterpret_cast<uintptr_t>(this);
  // The stack grows down: an enclosing call lies above.
  while (ConnectCount && Connects[ConnectCount - 1].Where < Here)
    --ConnectCount;
  if (ConnectCount && Connects[ConnectCount - 1].Through->holds(From)) {
    Through = Connects[ConnectCount - 1].Through;
    return;
  }
  Through = libpqFor(From);
  if (!Through || busy())
    return;
  Recording = ensureStarted();
  if (ConnectCount == MostConnects)
    return;
  Connects[ConnectCount++] = {Here, Through};
  Entered = true;
}

AcquireSpan::~AcquireSpan() {
  if (Entered && ConnectCount && Connects[ConnectCount - 1].Where == reinterpret_cast<uintptr_t>(this))
    --ConnectCount;
}

Stack *stackOf(const void *Caller) {
  BusyScope Scope;
  return captureStack(Caller, static_cast<unsigned>(options().StackFrames.Value));
}

namespace {

bool ends(Api With) {
  return With == Api::PQfinish || With == Api::PQcancelFinish;
}

} // namespace

void checkFinished(Key Conn, Api With, const Libpq *Through, const void *Caller) {
  // A connection that is being made has no record yet, and libpq may use it before we know of it.
  if (ConnectCount || (Through && Through->holds(Caller)))
    return;
  Mail M{Mail::Misused};
  M.Wrong.Kind = ends(With) ? Misuse::DoubleFinish : Misuse::UseAfterFinish;
  if (!findFinished(Conn, M.Wrong.Kind, M.Wrong.Of))
    return;
  M.Wrong.At = stackOf(Caller);
  M.Wrong.With = With;
  M.Wrong.By = threadId();
  reportAhead(M);
}

void checkInherited(const RecordRef &Ref, Api With, const void *Caller) {
  bool Ends = ends(With);
  // A parent that is gone has left the connection to us, as daemons do.
  if (busy() || getppid() != forkedFrom() || (Ref.has(Misused) && !Ends))
    return;
  setFlags(Ref, Misused);
  constexpr auto Relaxed = std::memory_order_relaxed;
  const Record &R = *Ref.R;
  Mail M{Mail::Misused};
  M.Wrong.Kind = Ends ? Misuse::InheritedFinish : Misuse::InheritedUse;
  M.Wrong.Of.Id = Ref.Id;
  M.Wrong.Of.Lib = R.Lib.load(Relaxed);
  M.Wrong.Of.AcquiredAt = R.AcquiredAt.load(Relaxed);
  M.Wrong.Of.AcquiredBy = R.AcquiredBy.load(Relaxed);
  M.Wrong.Of.AcquiredWith = R.AcquiredWith.load(Relaxed);
  M.Wrong.At = stackOf(Caller);
  M.Wrong.With = With;
  M.Wrong.By = threadId();
  reportAhead(M);
}

namespace {

/// `Good` is the state of a connection that has not failed.
void addConnection(const Libpq &Lib, PGconn *Conn, Api With, const void *Caller, State Good) {
  BusyScope Scope;
  // An older record of this address is of a release that nobody saw.
  forget(Conn, nullptr);
  State Now = Lib.PQstatus(Conn) == CONNECTION_BAD ? State::Failed : Good;
  RecordRef Ref = addRecord({Conn, &Lib, stackOf(Caller), With, Now, ignoredFlag()});
  if (!Ref)
    return;
  readIdentity(Ref, Lib, Conn);
  if (Lib.holds(Caller))
    listen(Ref, Lib, Conn);
  if (Now == State::Failed)
    noteFailure(Lib, Conn);
}

} // namespace

PGconn *AcquireSpan::record(PGconn *Conn, State Good) {
  if (Recording && Conn)
    addConnection(*Through, Conn, With, Caller, Good);
  return Conn;
}

void UseSpan::end() {
  endUse(Ref, E == Effect::Looks ? Standing::Idle : standingOf(*Through, Conn));
}

PGcancelConn *AcquireSpan::created(PGcancelConn *Conn, const PGconn *Of) {
  if (!Recording || !Conn)
    return Conn;
  RecordRef Cancelled = findRecord(Of);
  BusyScope Scope;
  forget(Conn, nullptr);
  RecordRef Ref = addRecord({Conn, Through, stackOf(Caller), With, State::Idle, ignoredFlag()});
  if (Ref && Cancelled) {
    constexpr auto Relaxed = std::memory_order_relaxed;
    Ref.R->Who.store(Cancelled.R->Who.load(std::memory_order_acquire), std::memory_order_release);
    Ref.R->BackendPid.store(Cancelled.R->BackendPid.load(Relaxed), Relaxed);
  }
  return Conn;
}

ConnectingSpan::ConnectingSpan(PGconn *On, Api With, const void *From) : Conn(On), Caller(From) {
  begin(On, With);
}

ConnectingSpan::ConnectingSpan(PGcancelConn *On, Api With, const void *From) : Conn(nullptr), Caller(From) {
  begin(On, With);
}

void ConnectingSpan::begin(Key Of, Api With) {
  Ref = findRecord(Of);
  Through = route(Ref, Caller);
  if (!Ref.found()) {
    checkFinished(Of, With, Through, Caller);
    Hidden = With == Api::PQconnectPoll && Conn && !ConnectCount && Through && Through->holds(Caller) &&
             !busy() && ensureStarted();
  } else if (Ref.has(Inherited)) {
    checkInherited(Ref, With, Caller);
  }
}

void ConnectingSpan::became(State Now) {
  if (!Ref)
    return;
  BusyScope Scope;
  const Libpq &Lib = *Through;
  Ref.setState(StateWord(Now, now()));
  if (Now == State::Idle && Conn)
    readIdentity(Ref, Lib, Conn);
  if (Now == State::Failed && Conn)
    noteFailure(Lib, Conn);
}

PostgresPollingStatusType ConnectingSpan::polled(PostgresPollingStatusType Status) {
  if (Hidden) {
    // The steps that follow may be hidden as well, so it cannot be said to be connecting for long; nor is the
    // socket of the first step the last one's.
    addConnection(*Through, Conn, Api::PQconnectPoll, Caller, State::Idle);
    if (RecordRef Added = findRecord(Conn); Added && Status != PGRES_POLLING_OK)
      Added.R->Socket.store(-1, std::memory_order_relaxed);
  } else if (Status == PGRES_POLLING_OK)
    became(State::Idle);
  else if (Status == PGRES_POLLING_FAILED)
    became(State::Failed);
  return Status;
}

void ConnectingSpan::countReset() {
  // libpq tells of its resets itself where it was asked to.
  if (Ref && Conn && !Ref.has(Listened))
    Ref.R->Resets.fetch_add(1, std::memory_order_relaxed);
}

int ConnectingSpan::begun(int Ok) {
  countReset();
  became(Ok ? State::Connecting : State::Failed);
  return Ok;
}

void ConnectingSpan::settled() {
  countReset();
  if (Ref)
    became(Through->PQstatus(Conn) == CONNECTION_BAD ? State::Failed : State::Idle);
}

int ConnectingSpan::cancelled(int Ok) {
  became(Ok ? State::Idle : State::Failed);
  return Ok;
}

ReleaseSpan::ReleaseSpan(Key Conn, Api With, const void *Caller) {
  RecordRef Ref = findRecord(Conn);
  Through = route(Ref, Caller);
  if (!Ref.found()) {
    checkFinished(Conn, With, Through, Caller);
    return;
  }
  if (busy())
    return;
  if (Ref.has(Inherited))
    checkInherited(Ref, With, Caller);
  // Before the real call: as soon as that has freed the memory, another thread may get the same address.
  forget(Conn, stackOf(Caller));
}

void readIdentity(const RecordRef &Ref, const Libpq &Lib, PGconn *Conn) {
  readSocket(*Ref.R, Lib.PQsocket(Conn));
  Ref.R->BackendPid.store(Lib.PQbackendPID(Conn), std::memory_order_relaxed);
  try {
    Identity I;
    I.Database = orEmpty(Lib.PQdb(Conn));
    I.User = orEmpty(Lib.PQuser(Conn));
    I.Host = orEmpty(Lib.PQhost(Conn));
    I.Port = orEmpty(Lib.PQport(Conn));
    I.ApplicationName = orEmpty(Lib.PQparameterStatus(Conn, "application_name"));
    Ref.R->Who.store(internIdentity(std::move(I)), std::memory_order_release);
  } catch (const std::bad_alloc &) {
    // The program shall meet the shortage of memory at a place of its own.
  }
}

void noteFailure(const Libpq &Lib, PGconn *Conn) {
  // libpq does not hand out the SQLSTATE of a failed connect; these are the texts of 53300. They are looked
  // at only.
  const char *Message = Lib.PQerrorMessage(Conn);
  if (!Message)
    return;
  for (const char *Sign :
       {"too many clients", "too many connections for", "remaining connection slots are reserved"})
    if (std::strstr(Message, Sign)) {
      post({Mail::Refused});
      return;
    }
}

void forget(Key Of, Stack *At) {
  Released R;
  if (!removeRecord(Of, At, R))
    return;
  if (R.Flags & PrintedFull && !(R.Flags & (Inherited | Ignored)))
    post({Mail::ReleasedAfterReport, R});
  if (!R.Partner)
    return;
  if (R.Flags & Lease) {
    if (RecordRef Connection = searchRecord(R.Partner))
      Connection.R->Partner.store(nullptr, std::memory_order_relaxed);
  } else {
    // A pool that finishes a connection takes it back.
    forget(R.Partner, nullptr);
  }
}

namespace {

int onEvent(PGEventId Event, void *Info, void *Through);

/// A result of a call that went past us is all that is seen of that call.
void seeResult(const PGEventResultCreate &Made, const Libpq &Lib, const void *Caller) {
  RecordRef Ref = findRecord(Made.conn);
  // One that was seen to begin is seen to end as well.
  if (!Ref || !isIdle(Ref.state().state()) || Ref.has(Inherited))
    return;
  if (!Ref.R->BackendPid.load(std::memory_order_relaxed)) {
    BusyScope Scope;
    readIdentity(Ref, Lib, Made.conn);
  }
  beginUse(Ref, Api::PQgetResult, Effect::Advances, Caller, &Ref);
  endUse(Ref, Standing::Idle);
  if (Lib.PQresultSetInstanceData)
    Lib.PQresultSetInstanceData(Made.result, onEvent, Made.conn);
}

/// Whether a transaction is open libpq tells only when a call has been read to its end, as it has when the
/// result is cleared.
void seeCleared(const PGEventResultDestroy &Of, const Libpq &Lib) {
  if (!Lib.PQresultInstanceData)
    return;
  auto *Conn = static_cast<PGconn *>(Lib.PQresultInstanceData(Of.result, onEvent));
  RecordRef Ref = findRecord(Conn);
  if (Ref && !Ref.has(Inherited))
    noteStanding(Ref, standingOf(Lib, Conn));
}

// The answer is never anything but success: before version 15 another one would abort a reset.
int onEvent(PGEventId Event, void *Info, void *Through) {
  if (busy())
    return 1;
  const Libpq &Lib = *static_cast<const Libpq *>(Through);
  switch (Event) {
  case PGEVT_CONNDESTROY:
    forget(static_cast<PGEventConnDestroy *>(Info)->conn, nullptr);
    break;
  case PGEVT_CONNRESET: {
    PGconn *Conn = static_cast<PGEventConnReset *>(Info)->conn;
    if (RecordRef Ref = findRecord(Conn)) {
      BusyScope Scope;
      Ref.setState(StateWord(State::Idle, now()));
      Ref.R->Resets.fetch_add(1, std::memory_order_relaxed);
      readIdentity(Ref, Lib, Conn);
    }
    break;
  }
  case PGEVT_RESULTCREATE:
    seeResult(*static_cast<PGEventResultCreate *>(Info), Lib, CONNSAN_CALLER);
    break;
  case PGEVT_RESULTDESTROY:
    seeCleared(*static_cast<PGEventResultDestroy *>(Info), Lib);
    break;
  default:
    break;
  }
  return 1;
}

} // namespace

void listen(const RecordRef &Ref, const Libpq &Lib, PGconn *Conn) {
  // Refused when memory is out; the wrappers alone must do then.
  if (Lib.PQregisterEventProc && Lib.PQregisterEventProc(Conn, onEvent, "connsan", const_cast<Libpq *>(&Lib)))
    setFlags(Ref, Listened);
}

} // namespace connsan::runtime
