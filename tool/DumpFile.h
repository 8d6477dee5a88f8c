#pragma once

#include "CheckFile.h"

namespace connsan::tool {

/// What a stage of the analysis holds for the functions of one file: "facts", "state", "summaries" or
/// "models".
FileReport dumpFile(const std::string &Source, const clang::tooling::CompilationDatabase &Commands,
                    const std::string &Stage);

/// The same of facts that were read.
FileReport dumpFacts(const UnitFacts &Unit, const std::string &Stage);

} // namespace connsan::tool
