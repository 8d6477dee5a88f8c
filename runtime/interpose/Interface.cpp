#include "connsan/connsan.h"
#include "interpose/Span.h"
#include "options/Current.h"
#include "watch/Watcher.h"

#include <new>

using namespace connsan::runtime;

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

CONNSAN_EXPORT void connsan_rt_pooled(const PGconn *conn, const char *pool) {
  RecordRef Connection = findRecord(conn);
  if (!Connection)
    return;
  BusyScope Scope;
  Connection.R->Pool.store(poolNamed(pool), std::memory_order_relaxed);
}

CONNSAN_EXPORT void connsan_rt_check_out(const void *lease, const PGconn *conn, const char *pool) {
  if (!lease || busy() || !ensureStarted())
    return;
  RecordRef Connection = findRecord(conn);
  BusyScope Scope;
  Key Of = leaseKey(lease);
  forget(Of, nullptr);
  const std::string *Pool = poolNamed(pool);
  if (Connection)
    joinPool(Connection, Of, Pool);
  addRecord({Of, nullptr, stackOf(CONNSAN_CALLER), Api::connsan_check_out, State::Idle,
             Lease | (acquisitionsIgnored() ? uint64_t(Ignored) : 0), conn, Pool});
}

CONNSAN_EXPORT void connsan_rt_check_in(const void *lease) {
  if (lease && !busy())
    forget(leaseKey(lease), nullptr);
}

CONNSAN_EXPORT void connsan_rt_ignore(const void *lease_or_conn) {
  for (Key Of : {lease_or_conn, leaseKey(lease_or_conn)})
    if (RecordRef Ref = searchRecord(Of))
      setFlags(Ref, Ignored);
}

CONNSAN_EXPORT int connsan_rt_check(void) {
  return checkOpen();
}

CONNSAN_EXPORT void connsan_rt_default_options(const char *options) {
  setDefaultOptions(options);
}

CONNSAN_EXPORT void connsan_rt_disable(void) {
  ++IgnoreDepth;
}

CONNSAN_EXPORT void connsan_rt_enable(void) {
  if (IgnoreDepth)
    --IgnoreDepth;
}
