#include "RepositoryRoot.h"

#include "llvm/ADT/SmallString.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"

namespace connsan::tool {

RepositoryRoot::RepositoryRoot() {
  llvm::SmallString<256> Here;
  if (llvm::sys::fs::current_path(Here))
    return;
  Current = Root = Here.str().str();
  for (llvm::StringRef At = Current; !At.empty(); At = llvm::sys::path::parent_path(At))
    if (llvm::sys::fs::exists(At + "/.git")) {
      Root = At.str();
      return;
    }
}

std::string RepositoryRoot::relative(llvm::StringRef Path) const {
  llvm::SmallString<256> Absolute(Path);
  if (!Current.empty())
    llvm::sys::path::make_absolute(Current, Absolute);
  llvm::sys::path::remove_dots(Absolute, /*remove_dot_dot=*/true);
  llvm::StringRef Below = Absolute;
  if (Below.consume_front(Root) && (Root == "/" || Below.consume_front("/")))
    return Below.str();
  return Absolute.str().str();
}

} // namespace connsan::tool
