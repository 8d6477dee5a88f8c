#pragma once

#include "llvm/ADT/StringMap.h"
#include "llvm/ADT/StringRef.h"

#include <string>

namespace connsan::tool {

/// The one name that a file has without symbolic links in its directories, whether it is there or not: as git
/// names what is in a work tree.
class RealPaths {
public:
  /// A relative path is from the current directory.
  std::string of(llvm::StringRef Path);

private:
  const std::string &directory(llvm::StringRef Path);

  llvm::StringMap<std::string> Directories;
};

} // namespace connsan::tool
