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
  bool IsUntracked = false;
};

class Git {
public:
  /// The work tree of the current directory and the commit in which it parted from `Revision`. Before the
  /// first commit, HEAD has no files. The error is one line.
  static llvm::Expected<Git> sinceMergeBase(const std::string &Revision);

  /// Everything that is not as it was in that commit, committed or not.
  llvm::Expected<std::vector<ChangedFile>> changes() const;
  /// What was in each of them in that commit; empty where it was not there.
  llvm::Expected<std::vector<std::string>> contentsThen(llvm::ArrayRef<ChangedFile> Files) const;
  /// What the work tree has other than it is staged, which is their `Then`.
  llvm::Expected<std::vector<ChangedFile>> unstaged() const;
  /// The lines of a file, of the disk or as it is staged, that are new, each as first and last, from 1; empty
  /// where nothing can be said.
  std::vector<std::pair<unsigned, unsigned>> newLines(const ChangedFile &File, bool Staged) const;

private:
  /// The work tree, compared with a commit or with what is staged.
  llvm::Expected<std::vector<ChangedFile>> comparedWith(llvm::ArrayRef<llvm::StringRef> Commit) const;
  Git(std::string Root, std::string Base) : Root(std::move(Root)), Base(std::move(Base)) {}

  std::string Root;
  std::string Base;
};

} // namespace connsan::tool
