#pragma once

#include "Explorer.h"

#include <chrono>

namespace connsan {

/// A function of which nothing is said.
struct GivenUpFunction {
  std::string Name;
  SourcePoint At;
  GiveUp Why = GiveUp::No;
  std::uint64_t After = 0; ///< the limit that was reached
};

/// What the analysis of a translation unit came to.
struct Statistics {
  unsigned Bodies = 0;        ///< of functions, outside of system headers
  unsigned WithResources = 0; ///< of these, those that acquire or release, and those they call for it
  unsigned Silenced = 0;      ///< functions in which a limit made the analysis forget that something is owed
  std::vector<GivenUpFunction> GivenUp;
  std::chrono::nanoseconds Facts{}; ///< CPU time
  std::chrono::nanoseconds Paths{};
};

} // namespace connsan
