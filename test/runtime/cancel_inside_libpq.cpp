// A thread is cancelled inside a connect, inside PQexec and inside PQgetResult: its destructors run, its connections are
// still known, and what comes after works as before.
// RUN: %build_cxx -o %t
// RUN: env CONNSAN_OPTIONS=open_at_exit=leak %run %t 2>&1 | FileCheck %s
// CHECK: connect: destructor ran, cancelled
// CHECK-NEXT: exec: destructor ran, cancelled
// CHECK-NEXT: getResult: destructor ran, cancelled
// CHECK-NEXT: after: 1 row
// CHECK-NOT: connection
// CHECK: connection #1 leaked: open at exit{{.*}}, query in flight
// CHECK: connection #2 leaked: open at exit{{.*}}, query in flight
// CHECK-NOT: connection #3
// CHECK: SUMMARY: ConnectionSanitizer: 2 leaked
#include <arpa/inet.h>
#include <cstdio>
#include <cstring>
#include <libpq-fe.h>
#include <pthread.h>
#include <string>
#include <sys/socket.h>
#include <unistd.h>

static std::string Silent;
static PGconn *ForExec, *ForResult;

struct Noisy {
  ~Noisy() { std::fprintf(stderr, "destructor ran, "); }
};

static void cancel(const char *Name, void *(*Run)(void *)) {
  std::fprintf(stderr, "%s: ", Name);
  pthread_t Thread;
  pthread_create(&Thread, nullptr, Run, nullptr);
  usleep(200000);
  pthread_cancel(Thread);
  void *Result;
  pthread_join(Thread, &Result);
  std::fprintf(stderr, "%s\n", Result == PTHREAD_CANCELED ? "cancelled" : "not cancelled");
}

int main() {
  // Somebody who listens and never answers.
  int Listener = socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in Address{};
  Address.sin_family = AF_INET;
  Address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t Length = sizeof Address;
  if (bind(Listener, reinterpret_cast<sockaddr *>(&Address), Length) || listen(Listener, 5) ||
      getsockname(Listener, reinterpret_cast<sockaddr *>(&Address), &Length))
    return 1;
  Silent = "hostaddr=127.0.0.1 port=" + std::to_string(ntohs(Address.sin_port));
  ForExec = PQconnectdb("");
  ForResult = PQconnectdb("");
  cancel("connect", [](void *) -> void * {
    Noisy Guard;
    PQconnectdb(Silent.c_str());
    return nullptr;
  });
  cancel("exec", [](void *) -> void * {
    Noisy Guard;
    PQexec(ForExec, "SELECT pg_sleep(3)");
    return nullptr;
  });
  cancel("getResult", [](void *) -> void * {
    Noisy Guard;
    PQsendQuery(ForResult, "SELECT pg_sleep(3)");
    PQgetResult(ForResult);
    return nullptr;
  });
  PGconn *After = PQconnectdb("");
  PGresult *Result = PQexec(After, "SELECT 1");
  std::fprintf(stderr, "after: %d row\n", PQntuples(Result));
  PQclear(Result);
  PQfinish(After);
}
