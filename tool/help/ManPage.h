#pragma once

#include "../CommandLine.h"

namespace connsan::tool {

/// "connsan-check": how the page of a command is called.
std::string pageName(const CommandLine &Line);

/// A page of section 1, in roff. `Summary` is what stands beside the name; `SeeAlso` names other pages of the
/// section.
std::string manPage(const CommandLine &Line, const std::string &Summary,
                    const std::vector<std::string> &SeeAlso);

} // namespace connsan::tool
