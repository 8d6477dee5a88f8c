/* What a function does with connections and other resources, for connsan's checker to read.

   An annotation stands in front of a declaration, behind `[[...]]` and `template<...>`:

     CONNSAN_ACQUIRE_OR_NULL("pool-lease") PGconn *pool_get(struct pool *pool);
     CONNSAN_RELEASE(2) CONNSAN_RESOURCE("pool-lease") void pool_put(struct pool *pool, PGconn *conn);

   A function may have several, on one declaration or on many. They say all that it does with resources: an
   argument that none of them names is left alone. They hold for callers, also where the body is known.

   Arguments are counted from 1, as in .connsan.yaml. For a member function that is not static, argument 1 is
   the object; what stands in the parentheses follows from 2. A number is written as such, not as a macro or a
   constant.

   Any C or C++ compiler takes this header. Clang hands the annotations on to connsan, for others they are
   nothing, and none changes the program. docs/models.md says the same in the form of .connsan.yaml. */
#ifndef CONNSAN_ANNOTATIONS_H
#define CONNSAN_ANNOTATIONS_H

#if defined(__clang__)
#define CONNSAN_ANNOTATE(text) __attribute__((__annotate__("connsan:" text)))
#else
#define CONNSAN_ANNOTATE(text)
#endif

/* The result. `resource` is a string, such as "connection" or "pool-lease". */

/* A resource that the caller has to release. */
#define CONNSAN_ACQUIRE(resource) CONNSAN_ANNOTATE("returns acquire " resource)
/* The same; NULL means that there is none. */
#define CONNSAN_ACQUIRE_OR_NULL(resource) CONNSAN_ANNOTATE("returns acquire-or-null " resource)
/* Something that belongs to somebody else. */
#define CONNSAN_RETURNS_BORROWED CONNSAN_ANNOTATE("returns borrow")
/* Argument n, which the caller then owes by either name. */
#define CONNSAN_RETURNS_ARGUMENT(n) CONNSAN_ANNOTATE("returns argument " #n)

/* The arguments. */

/* Used; the caller still owes it. */
#define CONNSAN_BORROW(n) CONNSAN_ANNOTATE("argument " #n " borrow")
/* Released. Of a pointer to a pointer: what it points to. */
#define CONNSAN_RELEASE(n) CONNSAN_ANNOTATE("argument " #n " release")
/* Kept by somebody else, who owes it from then on. */
#define CONNSAN_TRANSFER(n) CONNSAN_ANNOTATE("argument " #n " transfer")
/* A pointer through which a resource is stored that the caller has to release. */
#define CONNSAN_ACQUIRE_OUT(n) CONNSAN_ANNOTATE("argument " #n " acquire-out")
/* Left alone; to be said where nothing else is. */
#define CONNSAN_NO_EFFECT(n) CONNSAN_ANNOTATE("argument " #n " none")

/* The same, when the function returns zero, nonzero, null, nonnull, negative or positive, or when the status
   of the argument, a connection, is ok or bad: CONNSAN_ACQUIRE_OUT_IF(2, zero), CONNSAN_RELEASE_IF(1, bad).
 */
#define CONNSAN_RELEASE_IF(n, condition) CONNSAN_ANNOTATE("argument " #n " release when " #condition)
#define CONNSAN_TRANSFER_IF(n, condition) CONNSAN_ANNOTATE("argument " #n " transfer when " #condition)
#define CONNSAN_ACQUIRE_OUT_IF(n, condition) CONNSAN_ANNOTATE("argument " #n " acquire-out when " #condition)
/* The same, and NULL is stored when the condition does not hold. */
#define CONNSAN_ACQUIRE_OUT_OR_NULL_IF(n, condition)                                                         \
  CONNSAN_ANNOTATE("argument " #n " acquire-out when " #condition " otherwise null")

/* Which resource the arguments are about: "connection" when nothing says it. What CONNSAN_ACQUIRE names holds
   for the arguments too, unless this names another. */
#define CONNSAN_RESOURCE(resource) CONNSAN_ANNOTATE("resource " resource)
/* Which resource one argument is about. */
#define CONNSAN_RESOURCE_OF(n, resource) CONNSAN_ANNOTATE("argument " #n " resource " resource)

/* How it ends. */

/* Ends the process, which is no leak. */
#define CONNSAN_NORETURN_EXITS CONNSAN_ANNOTATE("noreturn exits")
/* Leaves its caller as longjmp does, which is one. */
#define CONNSAN_NORETURN_UNWINDS CONNSAN_ANNOTATE("noreturn unwinds")
/* The same, when argument n is not zero; else it returns. */
#define CONNSAN_NORETURN_EXITS_IF(n) CONNSAN_ANNOTATE("noreturn exits when argument " #n)
#define CONNSAN_NORETURN_UNWINDS_IF(n) CONNSAN_ANNOTATE("noreturn unwinds when argument " #n)
/* The same, when argument n, the level of an error for instance, is `least` or more. */
#define CONNSAN_NORETURN_EXITS_FROM(n, least)                                                                \
  CONNSAN_ANNOTATE("noreturn exits when argument " #n " at least " #least)
#define CONNSAN_NORETURN_UNWINDS_FROM(n, least)                                                              \
  CONNSAN_ANNOTATE("noreturn unwinds when argument " #n " at least " #least)

/* What it does besides. Where these alone are said, what it does with resources stays open. */

/* Throws no exception, whatever its type says; or may throw one. */
#define CONNSAN_THROWS_NEVER CONNSAN_ANNOTATE("throws never")
#define CONNSAN_THROWS_MAY CONNSAN_ANNOTATE("throws may")
/* begins, ends or rolls_back: the transaction of its first connection. */
#define CONNSAN_TRANSACTION(what) CONNSAN_ANNOTATE("transaction " #what)
/* The same, when the function returns zero, nonzero, null, nonnull, negative or positive: how it tells that
   it was done. */
#define CONNSAN_TRANSACTION_IF(what, condition) CONNSAN_ANNOTATE("transaction " #what " when " #condition)
/* Argument n is the SQL that it runs; what it returns then tells whether that went well. */
#define CONNSAN_SQL(n) CONNSAN_ANNOTATE("sql " #n)
#define CONNSAN_SQL_IF(n, condition) CONNSAN_ANNOTATE("sql " #n " when " #condition)
/* The result is the text of argument n, or is made by it as a format; or argument `into` is. */
#define CONNSAN_TEXT_OF(n) CONNSAN_ANNOTATE("text of " #n)
#define CONNSAN_TEXT_OF_INTO(n, into) CONNSAN_ANNOTATE("text of " #n " into " #into)

/* What its result tells. */

/* It depends on the arguments alone, until one of them is changed. */
#define CONNSAN_PURE CONNSAN_ANNOTATE("pure")
/* It is the status of the first argument; `value`, a number, means that this is good. */
#define CONNSAN_STATUS_OK(value) CONNSAN_ANNOTATE("status-ok " #value)

#endif
