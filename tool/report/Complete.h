#pragma once

#include "Report.h"

namespace connsan::report {

/// What follows from the tables that were read: how long things have been held by `Now`, what each site comes
/// to, and which of them is the worst.
void complete(Report &R, int64_t Now);

} // namespace connsan::report
