// What the standard library throws because of what it is given is known from its models.
// RUN: %leaks | FileCheck %s --implicit-check-not=warning:
#include <libpq-fe.h>

#include <any>
#include <array>
#include <deque>
#include <filesystem>
#include <map>
#include <optional>
#include <regex>
#include <stdexcept>
#include <string>
#include <tuple>
#include <variant>
#include <vector>

#define HOLDING(EXPRESSION)                                                                                            \
  PGconn *Conn = PQconnectdb("");                                                                                      \
  (void)EXPRESSION;                                                                                                    \
  PQfinish(Conn);

// CHECK: [[@LINE+1]]:46: warning: connection 'Conn' is not released when 'std::vector::at' throws here
void vector(std::vector<int> &V) { HOLDING(V.at(3)) }
// CHECK: [[@LINE+1]]:53: warning: connection 'Conn' is not released when 'std::array::at' throws here
void array(const std::array<int, 2> &A) { HOLDING(A.at(3)) }
// CHECK: [[@LINE+1]]:{{.*}}when 'std::map::at' throws here
void map(const std::map<int, int> &M) { HOLDING(M.at(3)) }
// CHECK: [[@LINE+1]]:{{.*}}when 'std::basic_string::at' throws here
void text(const std::string &S) { HOLDING(S.at(3)) }
// CHECK: [[@LINE+1]]:{{.*}}when 'std::stoi' throws here
void number(const std::string &S) { HOLDING(std::stoi(S)) }
// CHECK: [[@LINE+1]]:{{.*}}when 'std::optional::value' throws here
void optional(std::optional<int> &O) { HOLDING(O.value()) }
// CHECK: [[@LINE+1]]:{{.*}}when 'std::get' throws here
void variant(std::variant<int, long> &V) { HOLDING(std::get<int>(V)) }
// CHECK: [[@LINE+1]]:{{.*}}when 'std::any_cast' throws here
void any(std::any &A) { HOLDING(std::any_cast<int>(A)) }
// CHECK: [[@LINE+1]]:{{.*}}when 'std::filesystem::file_size' throws here
void file(const std::filesystem::path &P) { HOLDING(std::filesystem::file_size(P)) }

void nothing(std::vector<int> &V, std::tuple<int, int> &T, std::error_code &Error, const std::filesystem::path &P) {
  PGconn *Conn = PQconnectdb("");
  (void)V[3];
  (void)std::get<0>(T);
  (void)std::filesystem::file_size(P, Error);
  PQfinish(Conn);
}

void caughtByItsBase(std::vector<int> &V) {
  PGconn *Conn = PQconnectdb("");
  try {
    (void)V.at(3);
  } catch (const std::logic_error &) {
  }
  PQfinish(Conn);
}

void caughtByNeither(const std::string &S) {
  PGconn *Conn = PQconnectdb("");
  try {
    (void)std::stoi(S);
  } catch (const std::invalid_argument &) {
  } catch (const std::out_of_range &) {
    return;
    // CHECK: [[@LINE-1]]:5: warning: connection 'Conn' is not released on this return
  }
  PQfinish(Conn);
}
