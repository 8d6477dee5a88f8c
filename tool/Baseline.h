#pragma once

#include "CheckOptions.h"
#include "CheckResult.h"
#include "SourceList.h"

namespace connsan::tool {

/// Leaves the findings out that the baseline of the options names, and finds out which of those are fixed:
/// they would have been found again in these sources. A baseline that cannot be used is a problem, and
/// everything is told.
void applyBaseline(const CheckOptions &Options, const SourceList &Checked, CheckResult &Result,
                   ProblemList &Problems);

} // namespace connsan::tool
