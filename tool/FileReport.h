#pragma once

#include "CheckStats.h"

#include "clang/Tooling/Core/Diagnostic.h"

#include <optional>
#include <string>
#include <vector>

namespace connsan::tool {

/// What a check said, and what is known of it that its text does not say.
struct CheckedFinding {
  CheckedFinding() { Said.DiagLevel = clang::tooling::Diagnostic::Warning; } // which leaves it open itself
  clang::tooling::Diagnostic Said;
  std::string Function;
  std::string Fingerprint;
  std::string Confidence; ///< "high" or "medium"
  std::string Resource;
  std::string Acquirer;        ///< empty: it was there when the function was entered
  std::string Likeness;        ///< common to findings of one file that only a number tells apart
  std::string LocalTo;         ///< the name of the file, where other files may have another such function
  std::vector<unsigned> Paths; ///< of each note: the path that goes through it, from 1; 0 for none
  bool BeginsPaths = false;    ///< it stands where all paths begin, else where the only one ends
};

/// What one source file came to.
struct FileReport {
  std::vector<CheckedFinding> Findings;
  std::vector<std::string> Problems; ///< one line each
  CheckStats Stats;
  std::string Dump; ///< what a stage of the analysis holds, where that was asked for
};

/// From one process to another.
std::string serialize(FileReport Report);
std::optional<FileReport> parseFileReport(const std::string &Text);

} // namespace connsan::tool
