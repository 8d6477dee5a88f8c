#pragma once

#include "Builder.h"

#include <string_view>

namespace connsan::report {

/// Whether the text begins like a log of JSON lines of the runtime's.
bool looksLikeLog(std::string_view Text);

/// Adds what a log tells; of a process whose state is known, what that does not tell. States are read before
/// logs.
void readLog(std::string_view Text, const std::string &Name, Builder &To);

} // namespace connsan::report
