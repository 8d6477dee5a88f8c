#pragma once

#include "Facts.h"

#include "llvm/ADT/BitVector.h"

namespace connsan {

/// For each block the variables that may be read after it is entered. Variables whose address is used for
/// anything but a direct load or store are always live, and so are globals.
std::vector<llvm::BitVector> liveVariables(const FunctionFacts &Facts);

} // namespace connsan
