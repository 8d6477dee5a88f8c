#pragma once

#include <cstdint>
#include <string_view>

namespace connsan::runtime {

/// Tells a line that is whole from one that was only half written: FNV-1a.
constexpr uint32_t lineSum(std::string_view Text) {
  uint32_t Hash = 2166136261u;
  for (char C : Text)
    Hash = (Hash ^ static_cast<unsigned char>(C)) * 16777619u;
  return Hash;
}

/// What a line of a state ends with: the sum of what stands before this, as eight hexadecimal digits.
constexpr std::string_view SumBegin = ",\"sum\":\"", SumEnd = "\"}";
constexpr unsigned SumDigits = 8;

} // namespace connsan::runtime
