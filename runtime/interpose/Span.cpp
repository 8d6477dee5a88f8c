#include "interpose/Span.h"

#include "options/Current.h"
#include "registry/Clock.h"
#include "registry/Mailbox.h"
#include "watch/Watcher.h"

#include <cstring>

namespace connsan::runtime {

namespace {

/// The calls that this thread is in, outermost first. Kept apart from the stack: a call that was left by
/// longjmp is told by where it was, but is no longer there to be asked.
struct Call {
  uintptr_t Where;
  const PGconn *Of;
  const Libpq *Through;
};
constexpr unsigned MostCalls = 16;
thread_local Call Calls[MostCalls];
thread_local unsigned CallCount = 0;

const Libpq *libOf(const RecordRef &Ref) {
  return static_cast<const Libpq *>(Ref.R->Lib.load(std::memory_order_relaxed));
}

std::string orEmpty(const char *Text) {
  return Text ? Text : "";
}

unsigned stackDepth() {
  return static_cast<unsigned>(options().StackFrames.Value);
}

} // namespace

Nesting::Nesting(const PGconn *Conn, const void *Caller) : Of(Conn) {
  // The stack grows down: an enclosing call lies above.
  while (CallCount && Calls[CallCount - 1].Where < reinterpret_cast<uintptr_t>(this))
    --CallCount;
  if (!CallCount)
    return;
  const Call &Outer = Calls[CallCount - 1];
  Inner = (Conn && Outer.Of == Conn) || (!Outer.Of && Outer.Through->holds(Caller));
  if (Inner)
    Through = Outer.Through;
}

void Nesting::use(const Libpq *Lib) {
  Through = Lib;
  if (!Lib || CallCount == MostCalls)
    return;
  Calls[CallCount++] = {reinterpret_cast<uintptr_t>(this), Of, Lib};
  Entered = true;
}

Nesting::~Nesting() {
  if (Entered && CallCount && Calls[CallCount - 1].Where == reinterpret_cast<uintptr_t>(this))
    --CallCount;
}

AcquireSpan::AcquireSpan(Api How, const void *From) : Span(nullptr, From), With(How), Caller(From) {
  if (Nest.inner())
    return;
  Nest.use(libpqFor(From));
  Recording = Nest.through() && !busy() && ensureStarted();
}

PGconn *AcquireSpan::connected(PGconn *Conn) {
  if (!Recording || !Conn)
    return Conn;
  bool Failed = Nest.through()->PQstatus(Conn) == CONNECTION_BAD;
  return record(Conn, Failed ? State::Failed : State::Idle);
}

PGconn *AcquireSpan::started(PGconn *Conn) {
  if (!Recording || !Conn)
    return Conn;
  bool Failed = Nest.through()->PQstatus(Conn) == CONNECTION_BAD;
  return record(Conn, Failed ? State::Failed : State::Connecting);
}

PGconn *AcquireSpan::record(PGconn *Conn, State Now) {
  const Libpq &Lib = *Nest.through();
  // An older record of this address is of a release that nobody saw.
  forgetConnection(Conn);
  RecordRef Ref = addRecord({Conn, &Lib, captureStack(Caller, stackDepth()), With, Now});
  if (!Ref)
    return Conn;
  readIdentity(Ref, Lib, Conn);
  listen(Lib, Conn);
  if (Now == State::Failed)
    noteFailure(Lib, Conn);
  return Conn;
}

UseSpan::UseSpan(PGconn *On, Api With, Effect How, const void *Caller) : Span(On, Caller), Conn(On), E(How) {
  if (Nest.inner())
    return;
  if (!busy())
    Ref = findRecord(On);
  if (!Ref) {
    Nest.use(libpqFor(Caller));
    return;
  }
  Nest.use(libOf(Ref));
  beginUse(Ref, With, How, Caller, stackDepth());
}

UseSpan::~UseSpan() {
  // Gone when the call itself ended the connection.
  if (!Ref)
    return;
  if (E == Effect::Looks) {
    endUse(Ref, Standing::Unchanged);
    return;
  }
  const Libpq &Lib = *libOf(Ref);
  Standing S = Standing::Idle;
  switch (Lib.PQtransactionStatus(Conn)) {
  case PQTRANS_INTRANS:
  case PQTRANS_INERROR:
    S = Standing::InTransaction;
    break;
  case PQTRANS_ACTIVE:
    // In pipeline mode a connection says active as long as the mode lasts.
    S = Lib.PQpipelineStatus && Lib.PQpipelineStatus(Conn) != PQ_PIPELINE_OFF ? Standing::Idle
                                                                              : Standing::InFlight;
    break;
  case PQTRANS_IDLE:
  case PQTRANS_UNKNOWN:
    break;
  }
  endUse(Ref, S);
}

ConnectingSpan::ConnectingSpan(PGconn *On, const void *Caller) : Span(On, Caller), Conn(On) {
  if (Nest.inner())
    return;
  if (!busy())
    Ref = findRecord(On);
  Nest.use(Ref ? libOf(Ref) : libpqFor(Caller));
}

void ConnectingSpan::became(State Now) {
  if (!Ref)
    return;
  const Libpq &Lib = *libOf(Ref);
  setState(Ref.Index, StateWord(Now, now()));
  if (Now == State::Idle)
    readIdentity(Ref, Lib, Conn);
  if (Now == State::Failed)
    noteFailure(Lib, Conn);
}

PostgresPollingStatusType ConnectingSpan::polled(PostgresPollingStatusType Status) {
  if (Status == PGRES_POLLING_OK)
    became(State::Idle);
  else if (Status == PGRES_POLLING_FAILED)
    became(State::Failed);
  return Status;
}

int ConnectingSpan::begun(int Ok) {
  became(Ok ? State::Connecting : State::Failed);
  return Ok;
}

void ConnectingSpan::settled() {
  if (Ref)
    became(libOf(Ref)->PQstatus(Conn) == CONNECTION_BAD ? State::Failed : State::Idle);
}

ReleaseSpan::ReleaseSpan(PGconn *Conn, const void *Caller) : Span(Conn, Caller) {
  if (Nest.inner())
    return;
  if (RecordRef Ref = busy() ? RecordRef() : findRecord(Conn)) {
    Nest.use(libOf(Ref));
    // Before the real call: as soon as that has freed the memory, another thread may get the same address.
    forgetConnection(Conn);
  } else {
    Nest.use(libpqFor(Caller));
  }
}

void readIdentity(const RecordRef &Ref, const Libpq &Lib, PGconn *Conn) {
  Identity I;
  I.Database = orEmpty(Lib.PQdb(Conn));
  I.User = orEmpty(Lib.PQuser(Conn));
  I.Host = orEmpty(Lib.PQhost(Conn));
  I.Port = orEmpty(Lib.PQport(Conn));
  I.ApplicationName = orEmpty(Lib.PQparameterStatus(Conn, "application_name"));
  Ref.R->Who.store(internIdentity(std::move(I)), std::memory_order_release);
  Ref.R->BackendPid.store(Lib.PQbackendPID(Conn), std::memory_order_relaxed);
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
      post({Mail::Refused, {}});
      return;
    }
}

void forgetConnection(const PGconn *Conn) {
  Released R;
  if (removeRecord(Conn, R) && R.Flags & PrintedFull && !(R.Flags & Inherited))
    post({Mail::ReleasedAfterReport, R});
}

namespace {

// The answer is never anything but success: before version 15 another one would abort a reset.
int onEvent(PGEventId Event, void *Info, void *) {
  if (busy())
    return 1;
  if (Event == PGEVT_CONNDESTROY) {
    forgetConnection(static_cast<PGEventConnDestroy *>(Info)->conn);
  } else if (Event == PGEVT_CONNRESET) {
    PGconn *Conn = static_cast<PGEventConnReset *>(Info)->conn;
    if (RecordRef Ref = findRecord(Conn)) {
      setState(Ref.Index, StateWord(State::Idle, now()));
      Ref.R->Resets.fetch_add(1, std::memory_order_relaxed);
      readIdentity(Ref, *libOf(Ref), Conn);
    }
  }
  return 1;
}

} // namespace

void listen(const Libpq &Lib, PGconn *Conn) {
  // Refused when memory is out; the wrappers alone must do then.
  if (Lib.PQregisterEventProc)
    Lib.PQregisterEventProc(Conn, onEvent, "connsan", nullptr);
}

} // namespace connsan::runtime
