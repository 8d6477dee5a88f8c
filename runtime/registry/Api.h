#pragma once

#include <array>
#include <cstdint>

namespace connsan::runtime {

/// A function by which the program told us something, as records and reports name it: a wrapped one of
/// libpq, one of our own interface, or of a known pool.
enum class Api : uint8_t {
#define CONNSAN_API(Name) Name,
#include "Api.inc"
#undef CONNSAN_API
  CheckOut,
  SociLease,
  SociTryLease,
  ZdbGetConnection,
};

constexpr std::array ApiNames = {
#define CONNSAN_API(Name) #Name,
#include "Api.inc"
#undef CONNSAN_API
    "connsan_check_out",
    "soci::connection_pool::lease",
    "soci::connection_pool::try_lease",
    "ConnectionPool_getConnection",
};

constexpr const char *nameOf(Api A) {
  return ApiNames[static_cast<unsigned>(A)];
}

} // namespace connsan::runtime
