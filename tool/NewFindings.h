#pragma once

#include "FileReport.h"
#include "Git.h"

#include "llvm/Support/VirtualFileSystem.h"

#include <functional>

namespace connsan::tool {

/// The lines of a changed file that are new.
using NewLines = std::function<std::vector<std::pair<unsigned, unsigned>>(const ChangedFile &)>;

/// Those of `Now` that have no counterpart among `Before`, also when their file or function was moved. Where
/// there are more of equals than before, those on new lines of `Files` are the new ones.
std::vector<CheckedFinding> newFindings(std::vector<CheckedFinding> Now,
                                        const std::vector<CheckedFinding> &Before,
                                        llvm::ArrayRef<ChangedFile> Changes, const NewLines &LinesOf,
                                        llvm::IntrusiveRefCntPtr<llvm::vfs::FileSystem> Files);

} // namespace connsan::tool
