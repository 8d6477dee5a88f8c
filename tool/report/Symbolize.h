#pragma once

#include "Report.h"

#include <chrono>
#include <string>
#include <vector>

namespace connsan::report {

struct SymbolizeOptions {
  std::string Program; // llvm-symbolizer; empty: the one that is found
  std::string Root;    // where the paths of modules are looked up, as a container's; empty: /
  std::vector<std::string> DebugDirectories; // that have .build-id/ab/cdef.debug, beside /usr/lib/debug
  unsigned Jobs = 1;                         // modules at a time
  std::chrono::seconds Patience{120};        // with a symbolizer that says nothing
};

/// Names the frames that have no names yet. What cannot be named stays as it is; why goes into R.Problems,
/// one line for each module.
void nameFrames(Report &R, const SymbolizeOptions &Options);

} // namespace connsan::report
