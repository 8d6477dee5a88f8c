// A service that answers requests for orders from two threads, with a connection for each request.
// orders.cpp put right: owners release the connection and the result on every path.
//
// usage: orders_fixed [SECONDS]
// stays up SECONDS (1) after the last request; PGHOST and the other variables of libpq name the server.
#include <libpq-fe.h>

#include <atomic>
#include <chrono>
#include <cstdlib>
#include <iostream>
#include <memory>
#include <optional>
#include <sstream>
#include <string>
#include <thread>
#include <vector>

namespace {

struct Finish {
  void operator()(PGconn *Conn) const { PQfinish(Conn); }
};
using Connection = std::unique_ptr<PGconn, Finish>;

struct Clear {
  void operator()(PGresult *Result) const { PQclear(Result); }
};
using Result = std::unique_ptr<PGresult, Clear>;

struct Order {
  std::string Customer;
  double Total;
};

constexpr const char *OrderQuery =
    "SELECT customer, total FROM (VALUES (1, 'Ada', 12.50), (2, 'Grace', 80.00), (3, 'Edsger', 7.25))"
    " AS orders (id, customer, total) WHERE id = $1";

std::optional<Order> findOrder(int Id) {
  Connection Conn(PQconnectdb("application_name=orders"));
  if (PQstatus(Conn.get()) != CONNECTION_OK) {
    std::cerr << "orders: " << PQerrorMessage(Conn.get());
    return std::nullopt;
  }
  std::string IdText = std::to_string(Id);
  const char *Parameters[] = {IdText.c_str()};
  Result Rows(PQexecParams(Conn.get(), OrderQuery, 1, nullptr, Parameters, nullptr, nullptr, 0));
  if (PQntuples(Rows.get()) == 0)
    return std::nullopt;
  return Order{PQgetvalue(Rows.get(), 0, 0), std::atof(PQgetvalue(Rows.get(), 0, 1))};
}

void answer(int Id) {
  std::ostringstream Line;
  if (std::optional<Order> Found = findOrder(Id))
    Line << "order " << Id << ": " << Found->Customer << ", " << Found->Total << '\n';
  else
    Line << "order " << Id << ": not found\n";
  std::cout << Line.str();
}

void serve(const std::vector<int> &Requests, std::atomic<std::size_t> &Next) {
  for (std::size_t I = Next++; I < Requests.size(); I = Next++)
    answer(Requests[I]);
}

} // namespace

int main(int argc, char **argv) {
  std::chrono::seconds Linger(argc > 1 ? std::atoi(argv[1]) : 1);
  const std::vector<int> Requests = {1, 2, 404, 3};
  std::atomic<std::size_t> Next = 0;
  std::thread Other([&] { serve(Requests, Next); });
  serve(Requests, Next);
  Other.join();
  std::this_thread::sleep_for(Linger);
  return 0;
}
