#pragma once

#include "options/Options.h"

namespace connsan::runtime {

/// The options of this process; the defaults until they are set once.
const Options &options();
void setOptions(const Options *Forever);

} // namespace connsan::runtime
