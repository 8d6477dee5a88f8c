#pragma once

#include "llvm/ADT/StringRef.h"

#include <string>

/// Reports that others read name files from the top of the repository, wherever the check was run.
namespace connsan::tool {

class RepositoryRoot {
public:
  /// The nearest directory at or above the current one that has a `.git`; without one the current directory.
  RepositoryRoot();
  /// With slashes; absolute when it is not below the root. A relative path is from the current directory.
  std::string relative(llvm::StringRef Path) const;
  const std::string &path() const { return Root; }

private:
  std::string Current; ///< empty when it was removed: paths stay as they are then
  std::string Root;
};

} // namespace connsan::tool
