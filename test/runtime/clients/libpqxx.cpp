// libpqxx: what its destructors close is closed, also when an exception passes through; a lost owner and an open work are
// told with the program's own lines.
// REQUIRES: libpqxx
// RUN: %cxx -std=c++17 -g -O1 -Wall -Wno-deprecated-declarations %libpq_flags %s -lpqxx -lpq -pthread -o %t
// RUN: %client --ci -- %t clean | FileCheck %s --check-prefix=ROW
// RUN: %client --ci -- %t throw | FileCheck %s --check-prefix=ROW
// RUN: %client --ci -- %t refused
// RUN: %client --ci -- %t pipeline
// RUN: %client --ci -- %t async | FileCheck %s --check-prefix=ROW
// RUN: %client --ci -- %t lazy | FileCheck %s --check-prefix=ROW
// RUN: %client --ci --options=idle_in_transaction=400ms -- %t nontransaction
// ROW: {{^row 1$}}
#include <chrono>
#include <cstring>
#include <iostream>
#include <memory>
#include <pqxx/pqxx>
#include <thread>

static void ask(pqxx::transaction_base &Work) {
  std::cout << "row " << Work.exec("SELECT 1")[0][0].as<int>() << std::endl;
}

static void pause() { std::this_thread::sleep_for(std::chrono::milliseconds(1200)); }

static __attribute__((noinline)) pqxx::connection *lose() {
  auto Owner = std::make_unique<pqxx::connection>(""); // line 27
  pqxx::work Work(*Owner);
  ask(Work);
  Work.commit();
  return Owner.release();
}

template<typename Connection> void useOne() {
  Connection Conn("");
  pqxx::work Work(Conn);
  ask(Work);
  Work.commit();
}

static volatile int Count = 3;

int main(int, char **Arguments) {
  std::string How = Arguments[1];
  if (How == "clean")
    useOne<pqxx::connection>();
  if (How == "async")
    useOne<pqxx::asyncconnection>();
  if (How == "lazy")
    useOne<pqxx::lazyconnection>();
  if (How == "throw")
    try {
      pqxx::connection Conn("");
      pqxx::work Work(Conn);
      ask(Work);
      Work.exec("SELECT nonsense");
    } catch (const pqxx::sql_error &) {
      std::cout << "caught" << std::endl;
    }
  if (How == "refused")
    try {
      pqxx::connection Conn("dbname=no_such_database");
    } catch (const pqxx::broken_connection &) {
      std::cout << "caught" << std::endl;
    }
  if (How == "pipeline") {
    pqxx::connection Conn("");
    pqxx::work Work(Conn);
    pqxx::pipeline Pipeline(Work);
    auto First = Pipeline.insert("SELECT 1"), Second = Pipeline.insert("SELECT 2");
    std::cout << Pipeline.retrieve(First)[0][0] << Pipeline.retrieve(Second)[0][0] << std::endl;
    Pipeline.complete();
    Work.commit();
  }
  if (How == "nontransaction") {
    pqxx::connection Conn("");
    pqxx::nontransaction Work(Conn);
    ask(Work);
    pause();
  }
  if (How == "lost")
    lose();
  if (How == "held") {
    for (int I = 0; I < Count; ++I)
      lose();
    pause();
  }
  if (How == "work") {
    pqxx::connection Conn("");
    pqxx::work Work(Conn);
    ask(Work);
    pause();
  }
  if (How == "long") {
    pqxx::connection Conn("");
    pqxx::work(Conn).exec("SELECT pg_sleep(1.2)");
  }
  return 0;
}

// RUN: %client --ci --summary='1 leaked' --status=23 -- %t lost | FileCheck %s --check-prefix=LOST
// RUN: %client --summary='1 open at exit' -- %t lost
// LOST: ERROR: ConnectionSanitizer: connection #1 leaked: open at exit
// LOST: acquired by thread
// LOST-NEXT: #0 PQconnectdb libpq.so.5
// LOST: lose() {{.*}}libpqxx.cpp:27
// LOST-NEXT: main {{.*}}libpqxx.cpp

// RUN: %client --options=held=400ms:exitcode=9:symbolize=names --status=9 --summary='3 held, 3 leaked' -- %t held | FileCheck %s --check-prefix=HELD
// HELD: WARNING: ConnectionSanitizer: connection #1 held
// HELD-NOT: WARNING
// HELD: 3 connections (#1 #2 #3) leaked: open at exit, reported as held before

// RUN: %client --ci --options=idle_in_transaction=400ms --summary='1 idle-in-transaction' -- %t work | FileCheck %s --check-prefix=WORK
// WORK: connection #1 idle in transaction
// WORK: last used {{.*}} by PQexec at:
// WORK: main {{.*}}libpqxx.cpp
// RUN: %client --ci --options=long_query=400ms --summary='1 long-query' -- %t long | FileCheck %s --check-prefix=LONG
// LONG: connection #1 query in flight
// LONG: last used {{.*}} by PQexec at:
// LONG: main {{.*}}libpqxx.cpp
