#pragma once

#include <cstdint>
#include <time.h>

namespace connsan::runtime {

/// Nanoseconds of the monotonic clock, which the system's time of day cannot move.
inline int64_t readClock(clockid_t Clock) {
  timespec Time;
  clock_gettime(Clock, &Time);
  return Time.tv_sec * int64_t(1'000'000'000) + Time.tv_nsec;
}

inline int64_t now() {
  return readClock(CLOCK_MONOTONIC);
}

/// The same clock as of the last tick, at most a few milliseconds old: a fifth of the price, for every query.
inline int64_t nowCoarse() {
  return readClock(CLOCK_MONOTONIC_COARSE);
}

} // namespace connsan::runtime
