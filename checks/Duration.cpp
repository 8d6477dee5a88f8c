#include "Duration.h"

#include "llvm/ADT/StringSwitch.h"

namespace connsan {

std::optional<std::chrono::milliseconds> parseDuration(llvm::StringRef Text) {
  std::int64_t Number = 0;
  if (Text.consumeInteger(10, Number) || Number < 0)
    return std::nullopt;
  if (Text.empty() && Number == 0)
    return std::chrono::milliseconds(0);
  auto Scale =
      llvm::StringSwitch<std::int64_t>(Text).Case("ms", 1).Case("s", 1000).Case("m", 60'000).Default(0);
  constexpr std::int64_t Most = 366LL * 24 * 3600 * 1000; // a year is enough
  if (Scale == 0 || Number > Most / Scale)
    return std::nullopt;
  return std::chrono::milliseconds(Number * Scale);
}

} // namespace connsan
