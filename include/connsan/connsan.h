/// connsan.h: what a program can tell the runtime of connsan, and ask it.
///
/// Every function here does nothing in a process without the runtime (`connsan run`, or libconnsan_rt.so in
/// LD_PRELOAD): a program that calls them links as it is and needs no library. They are for C and C++, may be
/// called from any thread, take no ownership of what they are given, set no errno and do not fail; they may
/// not be called from a signal handler. Code that is compiled with -fno-pie does not see the runtime: there
/// the linker decides that it is missing. The default of GCC and Clang on most systems is PIE.
#ifndef CONNSAN_CONNSAN_H
#define CONNSAN_CONNSAN_H

#ifdef __cplusplus
extern "C" {
#endif

struct pg_conn; // PGconn of libpq

#define CONNSAN_WEAK_ __attribute__((weak))
#define CONNSAN_INLINE_ static inline __attribute__((always_inline, unused))
extern void connsan_rt_pooled(const struct pg_conn *conn, const char *pool) CONNSAN_WEAK_;
extern void connsan_rt_check_out(const void *lease, const struct pg_conn *conn,
                                 const char *pool) CONNSAN_WEAK_;
extern void connsan_rt_check_in(const void *lease) CONNSAN_WEAK_;
extern void connsan_rt_ignore(const void *lease_or_conn) CONNSAN_WEAK_;
extern int connsan_rt_check(void) CONNSAN_WEAK_;
extern void connsan_rt_default_options(const char *options) CONNSAN_WEAK_;
extern void connsan_rt_disable(void) CONNSAN_WEAK_;
extern void connsan_rt_enable(void) CONNSAN_WEAK_;

/// The connection is a pool's, and meant to stay open: that is not reported as held. `pool` is the name of
/// the pool, copied, or NULL. A pool calls it when it has connected; one that does not is known from its
/// first check-out.
CONNSAN_INLINE_ void connsan_pooled(const struct pg_conn *conn, const char *pool) {
  if (connsan_rt_pooled)
    connsan_rt_pooled(conn, pool);
}

/// A pool hands out a connection: it is held from here to connsan_check_in, and a report shows who took it.
/// `lease` is what the pool gives to its user, by address: the connection itself will do. `conn` is the
/// connection behind it, or NULL when that is not known; it is a pool's from here on, and so is what was
/// connected at the same place. `pool` is as above. A lease that is out already starts anew.
CONNSAN_INLINE_ void connsan_check_out(const void *lease, const struct pg_conn *conn, const char *pool) {
  if (connsan_rt_check_out)
    connsan_rt_check_out(lease, conn, pool);
}

/// The lease is back in its pool. PQfinish of the connection behind it does the same. One that is not out is
/// passed over.
CONNSAN_INLINE_ void connsan_check_in(const void *lease) {
  if (connsan_rt_check_in)
    connsan_rt_check_in(lease);
}

/// Nothing is reported of this open connection or lease any more but its misuse: of one that is meant to
/// stay.
CONNSAN_INLINE_ void connsan_ignore(const void *lease_or_conn) {
  if (connsan_rt_ignore)
    connsan_rt_ignore(lease_or_conn);
}

/// Reports what is open now as leaked and returns how many that are: 0 is good. What an earlier call has
/// reported is left out, and so is what lies in a pool, so that it can be called after each test of a suite.
/// They count as leaked at the end of the process too. It waits until the report is written, up to ten
/// seconds, after which it returns -1.
CONNSAN_INLINE_ int connsan_check(void) {
  return connsan_rt_check ? connsan_rt_check() : 0;
}

/// Options in the form of CONNSAN_OPTIONS, which has the last word. They count when they are given before the
/// first connect of the process. `options` is not copied and must stay.
CONNSAN_INLINE_ void connsan_default_options(const char *options) {
  if (connsan_rt_default_options)
    connsan_rt_default_options(options);
}

/// The same before main, at file scope, at most once in a program:
/// CONNSAN_DEFAULT_OPTIONS("held=5s:exitcode=23")
#define CONNSAN_DEFAULT_OPTIONS(options)                                                                     \
  static __attribute__((constructor)) void connsan_give_default_options(void) {                              \
    connsan_default_options(options);                                                                        \
  }

/// What this thread connects or checks out until the matching connsan_enable is ignored. Calls nest.
CONNSAN_INLINE_ void connsan_disable(void) {
  if (connsan_rt_disable)
    connsan_rt_disable();
}
CONNSAN_INLINE_ void connsan_enable(void) {
  if (connsan_rt_enable)
    connsan_rt_enable();
}

#ifdef __cplusplus
}
#endif

#endif
