#include <connsan/annotations.h>

struct pool;
struct conn;
#ifdef __cplusplus
extern "C" {
#endif
CONNSAN_ACQUIRE("lease") struct conn *take(struct pool *p);
CONNSAN_ACQUIRE_OR_NULL("lease") struct conn *try_to_take(struct pool *p);
CONNSAN_RETURNS_BORROWED struct conn *current(struct pool *p);
CONNSAN_RETURNS_ARGUMENT(1) struct conn *same(struct conn *c);
CONNSAN_BORROW(1) CONNSAN_RELEASE(2) CONNSAN_RESOURCE("lease") void give(struct pool *p, struct conn *c);
CONNSAN_TRANSFER(1) CONNSAN_NO_EFFECT(2) void keep(struct conn *c, int how);
CONNSAN_ACQUIRE_OUT(1) CONNSAN_RESOURCE_OF(1, "lease") void open_into(struct conn **c);
CONNSAN_RELEASE_IF(1, bad)
CONNSAN_TRANSFER_IF(2, null)
    CONNSAN_ACQUIRE_OUT_IF(3, positive) int mixed(struct conn *a, struct conn *b, struct conn **c);
CONNSAN_NORETURN_EXITS void die(void);
CONNSAN_NORETURN_UNWINDS void jump(void);
CONNSAN_NORETURN_EXITS_IF(1) void fail(int status);
CONNSAN_NORETURN_UNWINDS_IF(1) void jump_if(int wanted);
CONNSAN_NORETURN_EXITS_FROM(1, 22) void fail_from(int level);
CONNSAN_NORETURN_UNWINDS_FROM(1, 20) void jump_from(int level);
CONNSAN_ACQUIRE_OUT_OR_NULL_IF(1, nonzero) int try_to_open_into(struct conn **c);
CONNSAN_THROWS_NEVER CONNSAN_TRANSACTION(begins) int begin(struct conn *c);
CONNSAN_THROWS_MAY CONNSAN_TRANSACTION(ends) int commit(struct conn *c);
CONNSAN_TRANSACTION(rolls_back) int undo(struct conn *c);
CONNSAN_SQL(2) int run(struct conn *c, const char *sql);
CONNSAN_TRANSACTION_IF(begins, zero) int try_begin(struct conn *c);
CONNSAN_SQL_IF(2, nonzero) int try_run(struct conn *c, const char *sql);
CONNSAN_TEXT_OF(1) const char *same_text(const char *text);
CONNSAN_TEXT_OF_INTO(2, 1) void copy_text(char *into, const char *text);
CONNSAN_PURE int width(const struct conn *c);
CONNSAN_STATUS_OK(0) int status(const struct conn *c);
CONNSAN_BORROW(1) int defined(struct conn *c);
CONNSAN_BORROW(1) int defined(struct conn *c) {
  return c != 0;
}
#ifdef __cplusplus
}
#endif
