#pragma once

#include <string>

namespace clang::tooling {
class CompilationDatabase;
} // namespace clang::tooling

namespace connsan::tool {

/// What a stage of the analysis holds for the functions of one file: "facts", "state" or "summaries".
std::string dumpFile(const std::string &Source, const clang::tooling::CompilationDatabase &Commands,
                     const std::string &Stage);

} // namespace connsan::tool
