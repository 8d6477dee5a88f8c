#pragma once

#include "FileReport.h"

#include "clang-tidy/ClangTidyDiagnosticConsumer.h"

namespace connsan::tool {

/// By place, each finding once: a header's is found in every file that includes it. Files are named from the
/// current directory when they are below it.
std::vector<CheckedFinding> mergeFindings(const std::vector<FileReport> &Reports);

CheckStats sumStats(const std::vector<FileReport> &Reports);

/// As clang-tidy prints and exports them.
std::vector<clang::tidy::ClangTidyError> forClangTidy(const std::vector<CheckedFinding> &Findings);

} // namespace connsan::tool
