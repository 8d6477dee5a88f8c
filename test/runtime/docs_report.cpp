// The report that its page shows is one on two processes as they are there: a pool whose process was killed, and a
// listener that lives.
// UNSUPPORTED: sanitized
// RUN: %build_cxx -o %t && rm -rf %t.dir && mkdir %t.dir
// RUN: env CONNSAN_OPTIONS=held=300ms:state_path=%t.dir/worker not --crash %run %t pool 2> %t.pool
// RUN: env CONNSAN_OPTIONS=state_path=%t.dir/worker %run %t '%connsan report --connections=1 %t.dir' > %t.out
// RUN: sed 's|%t|/usr/bin/worker|; s| on [^ ,]*,| on web1,|' %t.out > %t.named
// RUN: %python %S/Inputs/shown_output.py %docs/report.md "connsan report" < %t.named | grep -x '28 lines'
#include "Inputs/orders_worker.h"
#include <csignal>
#include <cstdlib>
#include <pthread.h>
#include <string_view>
#include <unistd.h>

// clang-format off
static void *fill(void *Given) {
  Pool &Connections = *static_cast<Pool *>(Given);
  for (int I = 0; I < 5; ++I) {
#line 31 "/src/worker/main.cpp"
    Connections.grow();
    Orders All{Connections.Last};
#line 40 "/src/worker/main.cpp"
    All.store(Order());
  }
  return nullptr;
}

__attribute__((noinline)) static PGconn *listen() {
#line 40 "/src/worker/events.cpp"
  PGconn *C = PQconnectdb("application_name=events");
  return C;
}

int main(int, char **Arguments) {
  Pool Connections;
  if (Arguments[1] == std::string_view("pool")) {
    pthread_t Filler;
    pthread_create(&Filler, nullptr, fill, &Connections);
    pthread_join(Filler, nullptr);
    usleep(2000000); // the state is written once a second
    raise(SIGKILL);
  }
#line 35 "/src/worker/main.cpp"
  listen();
  usleep(2000000);
  return std::system(Arguments[1]);
}
