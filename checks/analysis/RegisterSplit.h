#pragma once

#include "Facts.h"

namespace connsan {

/// Moves the values that a later block needs (the operands around a ?: or &&) into temporaries, so that every
/// register belongs to one block.
void splitRegisters(FunctionFacts &Facts, Reg Count);

} // namespace connsan
