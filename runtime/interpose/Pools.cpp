#include "interpose/Lookup.h"
#include "interpose/Span.h"
#include "watch/Watcher.h"

using namespace connsan::runtime;

/// The pools of libraries, which tell of their check-outs by their functions' names. What is behind a lease
/// they do not tell.
namespace {

/// Depth of calls of one pool function by another.
constinit thread_local unsigned PoolDepth = 0;

/// A call of a pool; only the outermost one is the program's.
class PoolSpan {
public:
  explicit PoolSpan(const char *Name, const void *From) : Caller(From) {
    BusyScope Scope;
    Real = nextFunction(Name, From);
    ++PoolDepth;
  }
  ~PoolSpan() { --PoolDepth; }
  PoolSpan(const PoolSpan &) = delete;
  PoolSpan &operator=(const PoolSpan &) = delete;

  template<typename Result, typename... Args> Result call(Args... Arguments) const {
    return Real ? reinterpret_cast<Result (*)(Args...)>(Real)(Arguments...) : Result();
  }
  void checkedOut(const void *Lease, const char *Pool, Api With) const {
    if (PoolDepth == 1)
      checkOut(Lease, nullptr, Pool, With, Caller);
  }
  void checkedIn(const void *Lease) const {
    if (PoolDepth == 1)
      checkIn(Lease);
  }

private:
  void *Real = nullptr;
  const void *Caller;
};

/// SOCI's leases are places in a pool.
const void *placeIn(const void *Pool, size_t Place) {
  constexpr unsigned AddressBits = 47;
  return reinterpret_cast<const void *>(reinterpret_cast<uintptr_t>(Pool) | (uintptr_t(Place) + 1)
                                                                                << AddressBits);
}

} // namespace

#define CONNSAN_SOCI(Name) "_ZN4soci15connection_pool" Name

// soci::connection_pool::lease()
CONNSAN_EXPORT size_t sociLease(void *pool) __asm__(CONNSAN_SOCI("5leaseEv"));
size_t sociLease(void *pool) {
  PoolSpan S(CONNSAN_SOCI("5leaseEv"), CONNSAN_CALLER);
  auto Place = S.call<size_t>(pool);
  S.checkedOut(placeIn(pool, Place), "SOCI", Api::SociLease);
  return Place;
}

// soci::connection_pool::try_lease(std::size_t &, int)
CONNSAN_EXPORT bool sociTryLease(void *pool, size_t *place,
                                 int timeout) __asm__(CONNSAN_SOCI("9try_leaseERmi"));
bool sociTryLease(void *pool, size_t *place, int timeout) {
  PoolSpan S(CONNSAN_SOCI("9try_leaseERmi"), CONNSAN_CALLER);
  bool Found = S.call<bool>(pool, place, timeout);
  if (Found)
    S.checkedOut(placeIn(pool, *place), "SOCI", Api::SociTryLease);
  return Found;
}

// soci::connection_pool::give_back(std::size_t)
CONNSAN_EXPORT void sociGiveBack(void *pool, size_t place) __asm__(CONNSAN_SOCI("9give_backEm"));
void sociGiveBack(void *pool, size_t place) {
  PoolSpan S(CONNSAN_SOCI("9give_backEm"), CONNSAN_CALLER);
  // Ahead: as soon as the place is free, another thread may get it.
  S.checkedIn(placeIn(pool, place));
  S.call<void>(pool, place);
}

// libzdb. Its Connection_close comes by here as well.
CONNSAN_EXPORT void *ConnectionPool_getConnection(void *pool) {
  PoolSpan S("ConnectionPool_getConnection", CONNSAN_CALLER);
  auto *Connection = S.call<void *>(pool);
  if (Connection)
    S.checkedOut(Connection, "libzdb", Api::ZdbGetConnection);
  return Connection;
}

CONNSAN_EXPORT void ConnectionPool_returnConnection(void *pool, void *connection) {
  PoolSpan S("ConnectionPool_returnConnection", CONNSAN_CALLER);
  S.checkedIn(connection);
  S.call<void>(pool, connection);
}
