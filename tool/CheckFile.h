#pragma once

#include "FileReport.h"

#include <map>
#include <string>

namespace clang::tooling {
class CompilationDatabase;
} // namespace clang::tooling

namespace connsan::tool {

/// Options of all checks, by name, that go before what `.clang-tidy` says.
using CheckSettings = std::map<std::string, std::string>;

/// Runs the checks on one file, in this process.
FileReport checkFile(const std::string &Source, const clang::tooling::CompilationDatabase &Commands,
                     const CheckSettings &Settings);

} // namespace connsan::tool
