#pragma once

#include "report/Escape.h"

#include <concepts>

namespace connsan::runtime {

/// Writes one JSON object, member by member.
class JsonObject {
public:
  JsonObject &text(std::string_view Key, std::string_view Value) { return raw(Key, jsonString(Value)); }
  JsonObject &number(std::string_view Key, std::integral auto Value) {
    return raw(Key, std::to_string(Value));
  }
  JsonObject &flag(std::string_view Key, bool Value) { return raw(Key, Value ? "true" : "false"); }
  /// `Value` is JSON already.
  JsonObject &raw(std::string_view Key, std::string_view Value) {
    Body += Body.empty() ? "" : ",";
    Body += jsonString(Key);
    Body += ':';
    Body += Value;
    return *this;
  }
  std::string str() const { return "{" + Body + "}"; }

private:
  std::string Body;
};

/// `[Item,Item]` of items that are JSON already.
template<typename Range> std::string jsonArray(const Range &Items) {
  std::string Result = "[";
  for (const std::string &Item : Items) {
    if (Result.size() > 1)
      Result += ',';
    Result += Item;
  }
  return Result + "]";
}

} // namespace connsan::runtime
