#pragma once

#include "options/Options.h"

namespace connsan::runtime {

/// The options of this process; the defaults until they are set once.
const Options &options();
void setOptions(const Options *Forever);

/// What the program itself wants, in the form of CONNSAN_OPTIONS, or null.
const char *defaultOptions();
void setDefaultOptions(const char *Forever);

} // namespace connsan::runtime
