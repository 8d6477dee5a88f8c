#pragma once

#include "BaselineFile.h"
#include "FileReport.h"

#include "llvm/Support/VirtualFileSystem.h"

namespace connsan::tool {

/// What a check came to, as it is told.
struct CheckResult {
  std::vector<CheckedFinding> Findings; ///< by place, each once
  std::vector<BaselineEntry> Fixed;     ///< what the baseline names and is no more
  std::vector<std::string> Problems;    ///< one line each
  /// From which the sources were read.
  llvm::IntrusiveRefCntPtr<llvm::vfs::FileSystem> Files = llvm::vfs::getRealFileSystem();
};

} // namespace connsan::tool
