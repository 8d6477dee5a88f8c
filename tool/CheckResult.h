#pragma once

#include "BaselineFile.h"
#include "FileReport.h"

namespace connsan::tool {

/// What a check came to, as it is told.
struct CheckResult {
  std::vector<CheckedFinding> Findings; ///< by place, each once
  std::vector<BaselineEntry> Fixed;     ///< what the baseline names and is no more
  std::vector<std::string> Problems;    ///< one line each
};

} // namespace connsan::tool
