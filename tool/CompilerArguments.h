#pragma once

#include "clang/Tooling/ArgumentsAdjusters.h"

namespace connsan::tool {

/// Without the flags that only other compilers know.
clang::tooling::CommandLineArguments dropUnknown(const clang::tooling::CommandLineArguments &Command);

/// Makes the command of any compiler one that clang can parse: flags that only gcc knows and those about
/// warnings are dropped, and clang's own headers are found.
clang::tooling::ArgumentsAdjuster tolerantArguments();

} // namespace connsan::tool
