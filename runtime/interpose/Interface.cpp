#include "connsan/connsan.h"
#include "interpose/Span.h"
#include "options/Current.h"
#include "watch/Watcher.h"

#include <cerrno>

using namespace connsan::runtime;

CONNSAN_EXPORT void connsan_rt_pooled(const PGconn *conn, const char *pool) {
  setPool(conn, pool);
}

CONNSAN_EXPORT void connsan_rt_check_out(const void *lease, const PGconn *conn, const char *pool) {
  checkOut(lease, conn, pool, Api::CheckOut, CONNSAN_CALLER);
}

CONNSAN_EXPORT void connsan_rt_check_in(const void *lease) {
  checkIn(lease);
}

CONNSAN_EXPORT void connsan_rt_ignore(const void *lease_or_conn) {
  for (Key Of : {lease_or_conn, leaseKey(lease_or_conn)})
    if (RecordRef Ref = searchRecord(Of))
      setFlags(Ref, Ignored);
}

CONNSAN_EXPORT int connsan_rt_check(void) {
  int Before = errno;
  int Result = checkOpen();
  errno = Before;
  return Result;
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
