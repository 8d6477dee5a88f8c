// Ending the process is not a leak, by whatever function it is seen to end.
// RUN: %clean
#include <libpq-fe.h>
#include <assert.h>
#include <err.h>
#include <stdlib.h>
#include <unistd.h>

static void usage_error(int code) { exit(code); }
__attribute__((noreturn)) void give_up(const char *why);

void by_exit(int x) { PGconn *c = PQconnectdb(""); if (x) exit(1); PQfinish(c); }
void by_abort(int x) { PGconn *c = PQconnectdb(""); if (x) abort(); PQfinish(c); }
void by__exit(int x) { PGconn *c = PQconnectdb(""); if (x) _exit(1); PQfinish(c); }
void by_err(int x) { PGconn *c = PQconnectdb(""); if (x) errx(1, "x"); PQfinish(c); }
void by_attribute(int x) { PGconn *c = PQconnectdb(""); if (x) give_up("x"); PQfinish(c); }
void by_assert(int x) { PGconn *c = PQconnectdb(""); assert(x); PQfinish(c); }
int by_helper(int x) { PGconn *c = PQconnectdb(""); if (x) { usage_error(2); return 1; } PQfinish(c); return 0; }

int main(int argc, char **argv) {
  PGconn *c = PQconnectdb(argv[0]);
  if (argc > 1)
    return 1;
  PQsocket(c);
}
