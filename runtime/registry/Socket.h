#pragma once

#include "registry/Registry.h"

namespace connsan::runtime {

/// A connection whose socket is closed has ended past us, or is just being reset: either way it holds
/// nothing.
bool hasEnded(const Snapshot &S);

} // namespace connsan::runtime
