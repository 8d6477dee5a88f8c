#pragma once

#include "options/Suppressions.h"
#include "registry/Registry.h"

/// What the suppression file says of a site. The watcher's alone.
namespace connsan::runtime {

/// Takes the place of the rules so far.
void setRules(std::vector<Suppression> Rules);

/// No threshold: nothing of the kind is reported.
constexpr int64_t Never = INT64_MAX;

/// Nanoseconds after which something of `Kind` is reported of this connection or lease; for growth and leaks
/// 0 or Never.
int64_t thresholdOf(Suppressible Kind, const Snapshot &S);
/// True when a rule, and not an option, says Never.
bool isSuppressed(Suppressible Kind, const Snapshot &S);

/// The shortest threshold that any site has; Never when the kind is off.
int64_t leastThreshold(Suppressible Kind);

/// The connections of a pool are meant to stay open: it has shown that it uses them again, or we were told.
bool isPooled(const Snapshot &S);
/// Whether it was reported as held, or would have been but for the number of reports.
bool countsAsHeld(const Snapshot &S);

} // namespace connsan::runtime
