#pragma once

#include "FileReport.h"

#include <optional>
#include <string>

namespace clang::tooling {
class CompilationDatabase;
} // namespace clang::tooling

namespace connsan::tool {

/// Runs the checks on one file, in this process.
FileReport checkFile(const std::string &Source, const clang::tooling::CompilationDatabase &Commands,
                     const std::optional<std::string> &Confidence);

} // namespace connsan::tool
