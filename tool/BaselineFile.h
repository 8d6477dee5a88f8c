#pragma once

#include "FileReport.h"

#include "llvm/Support/Error.h"

/// The file of findings that are known and not reported again.
namespace connsan::tool {

/// A finding that was there when the baseline was written. Only the fingerprint and the confidence count; the
/// rest is for those who read the file.
struct BaselineEntry {
  std::string Fingerprint;
  std::string Confidence; ///< "high" or "medium"
  std::string Check;
  std::string File; ///< from the root of the repository
  std::string Function;
  std::string Message;
};

/// The file as a whole. The same findings give the same bytes, wherever the check was run.
std::string encodeBaseline(llvm::ArrayRef<CheckedFinding> Findings);

/// One line: what the baseline still names and the code has no more.
std::string describeFixed(const BaselineEntry &Entry);

/// The error says in one line why the file cannot be used.
llvm::Expected<std::vector<BaselineEntry>> readBaseline(const std::string &File);

} // namespace connsan::tool
