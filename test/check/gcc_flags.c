// Flags that only gcc knows are dropped, and so are those about warnings.
// RUN: %expect_status 0 %connsan check %s -- %libpq_flags -fanalyzer -fno-tree-loop-im -fno-no-such-flag --param=max-inline-insns-single=100 -Wno-maybe-uninitialized -Wsuggest-attribute=noreturn -Werror -Wall
#include <libpq-fe.h>
static int unused(void) { return 1; }
void clean(void) { PQfinish(PQconnectdb("")); }
