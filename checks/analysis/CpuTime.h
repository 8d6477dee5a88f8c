#pragma once

#include <array>
#include <chrono>

namespace connsan {

/// That of this thread. On a busy machine it says more than time on the wall.
std::chrono::nanoseconds cpuTime();

/// Shares the CPU time of a thread out among the stages of the analysis.
class StageClock {
public:
  enum class Stage : std::uint8_t { Other, Facts, Paths };

  /// From now on this is what time is spent on; returns what it was before.
  Stage enter(Stage Next);
  std::chrono::nanoseconds spentOn(Stage What) const { return Spent[static_cast<std::size_t>(What)]; }

private:
  Stage Now = Stage::Other;
  std::chrono::nanoseconds Since = cpuTime();
  std::array<std::chrono::nanoseconds, 3> Spent{};
};

} // namespace connsan
