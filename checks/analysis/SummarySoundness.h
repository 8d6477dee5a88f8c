#pragma once

#include "Summary.h"

namespace connsan {

/// Whether a summary that was read is safe to analyze with: no place in a source is behind `Last`.
bool isSound(Summary &S, SourcePoint Last);

} // namespace connsan
