#pragma once

#include <array>
#include <cstdint>

namespace connsan::runtime {

/// A wrapped libpq function, as records and reports name it.
enum class Api : uint8_t {
#define CONNSAN_API(Name) Name,
#include "Api.inc"
#undef CONNSAN_API
};

constexpr std::array ApiNames = {
#define CONNSAN_API(Name) #Name,
#include "Api.inc"
#undef CONNSAN_API
};

constexpr const char *nameOf(Api A) {
  return ApiNames[static_cast<unsigned>(A)];
}

} // namespace connsan::runtime
