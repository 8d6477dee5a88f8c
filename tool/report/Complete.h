#pragma once

#include "Report.h"

namespace connsan::report {

/// ms since 1970.
int64_t now();

/// What follows from the tables that were read: how long things have been held by now, what each site comes
/// to, and which of them is the worst.
void complete(Report &R);

} // namespace connsan::report
