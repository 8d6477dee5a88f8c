#pragma once

#include "Git.h"
#include "RealPaths.h"

#include "llvm/ADT/StringSet.h"
#include "llvm/Support/VirtualFileSystem.h"

namespace connsan::tool {

/// The files of the disk, some of them as git has them: with other contents, or not there at all.
class GitFiles : public llvm::vfs::ProxyFileSystem {
public:
  GitFiles();
  // Paths are those of `RealPaths`.
  void restore(const std::string &Path, llvm::StringRef Contents);
  void remove(const std::string &Path); ///< unless it is restored
  /// What the file is now. One that git was not told of stays unless it is a source or a `.connsan.yaml`: the
  /// build may have made it, or `connsan index`.
  void removeNow(const ChangedFile &File);

  llvm::ErrorOr<llvm::vfs::Status> status(const llvm::Twine &Path) override;
  llvm::ErrorOr<std::unique_ptr<llvm::vfs::File>> openFileForRead(const llvm::Twine &Path) override;
  bool exists(const llvm::Twine &Path) override { return static_cast<bool>(status(Path)); }

private:
  /// Its name among those that are not as they are on the disk; empty when it is no such file.
  std::string changedName(const llvm::Twine &Path);

  llvm::IntrusiveRefCntPtr<llvm::vfs::InMemoryFileSystem> Restored;
  llvm::StringSet<> Changed;
  llvm::StringSet<> Names; ///< theirs without directories, by which most others are told apart
  RealPaths Real;
};

} // namespace connsan::tool
