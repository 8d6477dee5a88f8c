#pragma once

#include "UnitFacts.h"

namespace connsan {

/// Whether every number in the facts stands for something, as the analysis takes for granted.
bool isSound(UnitFacts &Unit);

} // namespace connsan
