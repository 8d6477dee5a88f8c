#pragma once

#include "clang/Tooling/Core/Diagnostic.h"

#include <optional>
#include <string>
#include <vector>

namespace clang::tooling {
class CompilationDatabase;
} // namespace clang::tooling

namespace connsan::tool {

/// What the checks said of one source file.
struct FileReport {
  std::vector<clang::tooling::Diagnostic> Findings;
  std::vector<std::string> Problems; ///< one line each
  std::string Dump;                  ///< what a stage of the analysis holds, where that was asked for
};

/// Runs the checks on one file, in this process.
FileReport checkFile(const std::string &Source, const clang::tooling::CompilationDatabase &Commands,
                     const std::optional<std::string> &Confidence);

} // namespace connsan::tool
