#include "StagedFiles.h"

#include "Git.h"
#include "GitFiles.h"

#include "llvm/ADT/STLExtras.h"

namespace connsan::tool {

llvm::Expected<llvm::IntrusiveRefCntPtr<llvm::vfs::FileSystem>> stagedFiles() {
  llvm::Expected<Git> Repository = Git::sinceMergeBase("HEAD");
  if (!Repository)
    return Repository.takeError();
  llvm::Expected<std::vector<ChangedFile>> Changes = Repository->unstaged();
  if (!Changes)
    return Changes.takeError();
  llvm::Expected<std::vector<std::string>> Contents = Repository->contentsThen(*Changes);
  if (!Contents)
    return Contents.takeError();
  auto Files = llvm::makeIntrusiveRefCnt<GitFiles>();
  for (const auto &[File, Text] : llvm::zip(*Changes, *Contents)) {
    if (!File.Then.empty())
      Files->restore(File.Then, Text);
    if (!File.Now.empty())
      Files->removeNow(File);
  }
  return Files;
}

} // namespace connsan::tool
