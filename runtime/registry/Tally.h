#pragma once

#include "registry/Api.h"
#include "stack/Stack.h"

#include <array>

/// What has been acquired and released on each site, for the file of the state.
namespace connsan::runtime {

constexpr unsigned HoldBuckets = 32;

struct Tally {
  Tally *Next; // in the list of all
  const Stack *Site;
  Api With;
  bool OfLeases;
  std::atomic<uint64_t> Acquired, Released;
  // ns of the monotonic clock.
  std::atomic<int64_t> First, Last, Longest;
  /// How many were released within 2^N ms, and not within 2^(N-1).
  std::array<std::atomic<uint32_t>, HoldBuckets> Holds;
};

/// From here on, or no longer: in the child of a fork nothing has been counted yet.
void keepTallies(bool Keep);

void countAcquired(Stack *Site, Api With, bool IsLease, int64_t Now);
void countReleased(const Stack *Site, int64_t Held, int64_t Now);

/// Whether something was acquired since `forgetNewTallies`; the first that is wakes the watcher.
bool haveNewTallies();
void forgetNewTallies();

/// For fork only.
std::mutex &tallyMutex();

/// The latest of all, which lead to the others by `Next`.
const Tally *tallies();

} // namespace connsan::runtime
