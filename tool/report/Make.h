#pragma once

#include "Inputs.h"
#include "Symbolize.h"

namespace connsan::report {

/// Reads the files, names what is on the stacks, and says what it all comes to. False
/// when something could not be read as a whole; what that is, is added to the report's problems.
bool makeReport(const std::vector<Input> &Inputs, const SymbolizeOptions *Symbols, Report &R);

} // namespace connsan::report
