#include "interpose/Span.h"
#include "watch/Watcher.h"

#include <new>

namespace connsan::runtime {

namespace {

const std::string *poolNamed(const char *Name) {
  try {
    return internPool(Name ? Name : "");
  } catch (const std::bad_alloc &) {
    return nullptr;
  }
}

/// What is known to be a pool's needs no report for staying open.
void joinPool(const RecordRef &Connection, Key Lease, const std::string *Pool) {
  constexpr auto Relaxed = std::memory_order_relaxed;
  Record &R = *Connection.R;
  // A lease that nobody gave back, as of a pool that tells us only half.
  if (Key Before = R.Partner.load(Relaxed); Before && Before != Lease)
    forget(Before, nullptr);
  R.Partner.store(Lease, Relaxed);
  R.Pool.store(Pool, Relaxed);
  if (Stack *Site = R.AcquiredAt.load(Relaxed))
    Site->Reused.store(true, Relaxed);
}

} // namespace

void setPool(const PGconn *Conn, const char *Pool) {
  RecordRef Connection = findRecord(Conn);
  if (!Connection)
    return;
  BusyScope Scope;
  Connection.R->Pool.store(poolNamed(Pool), std::memory_order_relaxed);
}

void checkOut(const void *Of, const PGconn *Conn, const char *Pool, Api With, const void *Caller) {
  if (!Of || busy() || !ensureStarted())
    return;
  Key LeaseOf = leaseKey(Of);
  forget(LeaseOf, nullptr);
  RecordRef Connection = findRecord(Conn);
  BusyScope Scope;
  const std::string *Name = poolNamed(Pool);
  if (Connection)
    joinPool(Connection, LeaseOf, Name);
  addRecord({LeaseOf, nullptr, stackOf(Caller), With, State::Idle, Lease | ignoredFlag(), Conn, Name});
}

void checkIn(const void *Of) {
  if (Of && !busy())
    forget(leaseKey(Of), nullptr);
}

} // namespace connsan::runtime
