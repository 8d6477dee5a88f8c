// Every allocation of the runtime fails, then some of them: the program does not notice.
// RUN: %build_cxx -rdynamic -o %t
// RUN: env CONNSAN_OPTIONS=held=100ms %run %t 2>&1 | FileCheck %s
// UNSUPPORTED: sanitized
#include <atomic>
#include <cstdio>
#include <cstring>
#include <dlfcn.h>
#include <libpq-fe.h>
#include <link.h>
#include <unistd.h>

extern "C" void *__libc_malloc(size_t);

static std::atomic<bool> Some, All;
static std::atomic<unsigned> Refused, Asked;

extern "C" void *malloc(size_t Size) {
  dl_find_object Module;
  if ((All || Some) && _dl_find_object(__builtin_return_address(0), &Module) == 0 &&
      std::strstr(Module.dlfo_link_map->l_name, "libconnsan_rt")) {
    unsigned Number = Asked.fetch_add(1);
    if (All || Number % 7 == 0) {
      Refused.fetch_add(1);
      return nullptr;
    }
  }
  return __libc_malloc(Size);
}

static void work() {
  for (int Round = 0; Round < 20; ++Round) {
    PGconn *Conn = PQconnectdb("");
    PGresult *Result = PQexec(Conn, "BEGIN");
    if (PQresultStatus(Result) != PGRES_COMMAND_OK)
      std::printf("failed: %s\n", PQerrorMessage(Conn));
    PQclear(Result);
    if (Round % 10 == 0)
      usleep(200000);
    if (Round % 4)
      PQfinish(Conn);
  }
}

int main() {
  All = true;
  work();
  All = false;
  Some = true;
  work();
  std::printf("refused %d\n", Refused.load() > 0);
  std::puts("done");
}
// CHECK-NOT: failed
// CHECK-NOT: terminate
// CHECK: refused 1
// CHECK: done
