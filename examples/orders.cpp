// A service that answers requests for orders from two threads, with a connection for each request.
// One path is wrong on purpose, and orders_fixed.cpp has it right: a request for an order that does not exist
// never finishes its connection.
//
// usage: orders [SECONDS]
// stays up SECONDS (1) after the last request; PGHOST and the other variables of libpq name the server.
#include <libpq-fe.h>

#include <atomic>
#include <chrono>
#include <cstdlib>
#include <iostream>
#include <optional>
#include <sstream>
#include <string>
#include <thread>
#include <vector>

namespace {

struct Order {
  std::string Customer;
  double Total;
};

constexpr const char *OrderQuery =
    "SELECT customer, total FROM (VALUES (1, 'Ada', 12.50), (2, 'Grace', 80.00), (3, 'Edsger', 7.25))"
    " AS orders (id, customer, total) WHERE id = $1";

std::optional<Order> findOrder(int Id) {
  PGconn *Conn = PQconnectdb("application_name=orders");
  if (PQstatus(Conn) != CONNECTION_OK) {
    std::cerr << "orders: " << PQerrorMessage(Conn);
    PQfinish(Conn);
    return std::nullopt;
  }
  std::string IdText = std::to_string(Id);
  const char *Parameters[] = {IdText.c_str()};
  PGresult *Rows = PQexecParams(Conn, OrderQuery, 1, nullptr, Parameters, nullptr, nullptr, 0);
  if (PQntuples(Rows) == 0) {
    PQclear(Rows);
    return std::nullopt; // wrong: nobody finishes the connection
  }
  Order Found{PQgetvalue(Rows, 0, 0), std::atof(PQgetvalue(Rows, 0, 1))};
  PQclear(Rows);
  PQfinish(Conn);
  return Found;
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
