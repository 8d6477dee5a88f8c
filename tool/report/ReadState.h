#pragma once

#include "Builder.h"
#include "Inputs.h"

#include <string_view>

namespace connsan::report {

/// Whether the text begins like a state.
bool looksLikeState(std::string_view Text);

/// Whether all of its lines are. One that is just being written can be seen in halves.
bool isWhole(std::string_view Text);

/// Adds what a file of the state tells. `Locked`: its process is writing it. What is wrong with the file goes
/// into the report's problems, and the rest is taken.
void readState(std::string_view Text, const Input &From, bool Locked, Builder &To);

} // namespace connsan::report
