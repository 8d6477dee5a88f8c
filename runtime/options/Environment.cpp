#include "options/Environment.h"

#include <cstdlib>
#include <cstring>

namespace connsan::runtime {

namespace {

constexpr const char *Name = "CONNSAN_OPTIONS";

/// Longer ones are not kept. A copy, since programs write their titles over where the environment was.
char AtStart[4096];

__attribute__((constructor)) void keepOptions() {
  const char *Value = getenv(Name);
  if (Value && std::strlen(Value) < sizeof AtStart)
    std::strcpy(AtStart, Value);
}

} // namespace

const char *environmentOptions() {
  const char *Value = getenv(Name);
  return Value || !*AtStart ? Value : AtStart;
}

} // namespace connsan::runtime
