#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace connsan {

/// A type of exceptions.
struct ExceptionType {
  /// The types by which a handler catches it, itself first; empty: it may be any type.
  std::vector<std::string> CaughtAs;
  bool operator==(const ExceptionType &) const = default;
};

/// Why an exception is thought to be thrown.
enum class Ground : std::uint8_t {
  Seen,    ///< a throw-expression, a body that has one, or a model
  Foreign, ///< a call of a function of which nothing says that it throws nothing
  Memory,  ///< a call of the standard library, which throws when there is no memory
};

} // namespace connsan
