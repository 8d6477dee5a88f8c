#pragma once

#include "llvm/ADT/ArrayRef.h"
#include "llvm/Support/Error.h"

#include <optional>
#include <string>
#include <utility>
#include <vector>

/// What git knows of the current directory, by the program git.
namespace connsan::tool {

/// Paths are absolute, without symbolic links; empty where there is no such file.
struct ChangedFile {
  std::string Now;
  std::string Then;     ///< another one than `Now` where it was moved
  std::string ThenBlob; ///< what was in it, by git's name
};

class Git {
public:
  /// The work tree of the current directory and the commit in which it parted from `Revision`. The error is
  /// one line.
  static llvm::Expected<Git> sinceMergeBase(const std::string &Revision);

  /// Everything that is not as it was in that commit, committed or not.
  llvm::Expected<std::vector<ChangedFile>> changes() const;
  /// What was in each of them in that commit; empty where it was not there.
  llvm::Expected<std::vector<std::string>> contentsThen(llvm::ArrayRef<ChangedFile> Files) const;
  /// The lines of a file that are new, each as first and last, from 1; empty where nothing can be said.
  std::vector<std::pair<unsigned, unsigned>> newLines(const ChangedFile &File) const;

private:
  Git(std::string Root, std::string Base) : Root(std::move(Root)), Base(std::move(Base)) {}

  std::string Root;
  std::string Base;
};

} // namespace connsan::tool
