#pragma once

#include <nlohmann/json.hpp>

#include <cstdint>
#include <string>

/// Members of a line that may be missing or of another type: a file is never trusted.
namespace connsan::report {

using Json = nlohmann::json;

inline std::string textOf(const Json &From, const char *Key) {
  auto It = From.find(Key);
  return It != From.end() && It->is_string() ? It->get<std::string>() : std::string();
}

template<typename Number = int64_t> Number numberOf(const Json &From, const char *Key, Number Default = 0) {
  auto It = From.find(Key);
  if (It == From.end() || !It->is_number_integer())
    return Default;
  // Out of the type's range, it is as good as missing.
  auto Wide = It->get<int64_t>();
  auto Result = static_cast<Number>(Wide);
  return static_cast<int64_t>(Result) == Wide && (Result < 0) == (Wide < 0) ? Result : Default;
}

inline bool flagOf(const Json &From, const char *Key) {
  auto It = From.find(Key);
  return It != From.end() && It->is_boolean() && It->get<bool>();
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
