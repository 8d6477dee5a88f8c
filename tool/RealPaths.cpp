#include "RealPaths.h"

#include "llvm/ADT/SmallString.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"

namespace connsan::tool {

namespace path = llvm::sys::path;

/// One that is gone as far as it is there.
const std::string &RealPaths::directory(llvm::StringRef Path) {
  if (auto Known = Directories.find(Path); Known != Directories.end())
    return Known->second;
  llvm::SmallString<256> Real;
  if (llvm::sys::fs::real_path(Path, Real)) {
    const llvm::StringRef Parent = path::parent_path(Path);
    Real = Parent.empty() ? "" : directory(Parent);
    path::append(Real, path::filename(Path));
    path::remove_dots(Real, /*remove_dot_dot=*/true);
  }
  return Directories[Path] = Real.str();
}

std::string RealPaths::of(llvm::StringRef Path) {
  llvm::SmallString<256> Absolute(Path);
  if (llvm::sys::fs::make_absolute(Absolute))
    return Path.str();
  llvm::SmallString<256> Real(directory(path::parent_path(Absolute)));
  path::append(Real, path::filename(Absolute));
  return Real.str().str();
}

} // namespace connsan::tool
