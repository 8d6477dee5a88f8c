#pragma once

#include "LinkCommands.h"
#include "SourceList.h"

namespace connsan::tool {

/// For each of several sources the programs and libraries that it ends up in, as numbers, in order; empty
/// where nothing says it.
using ProgramNumbers = std::vector<std::vector<unsigned>>;

/// As these commands link the objects that the compilation database makes.
ProgramNumbers programsOf(const SourceList &All, const std::vector<LinkCommand> &Commands);

/// As the commands in a file say, or without one what the build left behind.
ProgramNumbers programsOf(const SourceList &All, const std::string &LinkCommandsFile, ProblemList &Problems);

} // namespace connsan::tool
