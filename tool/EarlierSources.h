#pragma once

#include "Git.h"
#include "SourceList.h"

namespace connsan::tool {

/// The sources of a program as they were in an earlier commit.
struct EarlierSources {
  SourceList All;
  /// Of each source, which one it is now; nothing for one that is gone.
  std::vector<std::optional<std::size_t>> Now;
};

/// A source that was moved or is gone is compiled as its successor or its neighbour is. Those that are gone
/// are left out unless `WithGone`.
llvm::Expected<EarlierSources> earlierSources(const SourceList &Now, const Git &Repository,
                                              llvm::ArrayRef<ChangedFile> Changes, bool WithGone);

} // namespace connsan::tool
