#pragma once

#include "Report.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstdint>
#include <string>
#include <utility>

/// Members of a line that may be missing or of another type: a file is never trusted.
namespace connsan::report {

using Json = nlohmann::json;

inline std::string textOf(const Json &From, const char *Key) {
  auto It = From.find(Key);
  return It != From.end() && It->is_string() ? It->get<std::string>() : std::string();
}

/// Whether it is a number that a file of ours can have: no less than 0, and exact in any reader of JSON.
inline bool isCount(const Json &Value) {
  constexpr uint64_t Most = (uint64_t(1) << 53) - 1;
  return Value.is_number_unsigned() && Value.get<uint64_t>() <= Most;
}

/// `Default` when it is missing, or out of the type's range.
template<typename Number = int64_t> Number numberOf(const Json &From, const char *Key, Number Default = 0) {
  auto It = From.find(Key);
  if (It == From.end() || !isCount(*It) || !std::in_range<Number>(It->get<uint64_t>()))
    return Default;
  return It->get<Number>();
}

inline bool flagOf(const Json &From, const char *Key) {
  auto It = From.find(Key);
  return It != From.end() && It->is_boolean() && It->get<bool>();
}

/// One that is known, or nothing.
inline std::string stateOf(const Json &From) {
  std::string State = textOf(From, "state");
  return std::find(StateNames.begin(), StateNames.end(), State) == StateNames.end() ? std::string() : State;
}

/// The array or object of this name, or an empty one.
inline const Json &partOf(const Json &From, const char *Key) {
  static const Json Nothing;
  auto It = From.find(Key);
  return It != From.end() && It->is_structured() ? *It : Nothing;
}

/// An address in "0x1a2b"; 0 when it is none.
inline uint64_t addressOf(const Json &Value) {
  return Value.is_string() ? std::strtoull(Value.get_ref<const std::string &>().c_str(), nullptr, 16) : 0;
}

} // namespace connsan::report
