#include "GitFiles.h"

#include "SourceList.h"

#include "llvm/ADT/SmallString.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"

namespace connsan::tool {

namespace vfs = llvm::vfs;

GitFiles::GitFiles()
    : ProxyFileSystem(vfs::getRealFileSystem()),
      Restored(llvm::makeIntrusiveRefCnt<vfs::InMemoryFileSystem>()) {}

void GitFiles::restore(const std::string &Path, llvm::StringRef Contents) {
  Restored->addFile(Path, 0, llvm::MemoryBuffer::getMemBufferCopy(Contents, Path));
  remove(Path);
}

void GitFiles::remove(const std::string &Path) {
  Changed.insert(Path);
  Names.insert(llvm::sys::path::filename(Path));
}

void GitFiles::removeNow(const ChangedFile &File) {
  if (!File.IsUntracked || isSource(File.Now) || llvm::sys::path::filename(File.Now) == ".connsan.yaml")
    remove(File.Now);
}

std::string GitFiles::changedName(const llvm::Twine &Path) {
  llvm::SmallString<256> Absolute;
  Path.toVector(Absolute);
  if (!Names.contains(llvm::sys::path::filename(Absolute)) || makeAbsolute(Absolute))
    return "";
  std::string Name = Real.of(Absolute);
  return Changed.contains(Name) ? Name : "";
}

llvm::ErrorOr<vfs::Status> GitFiles::status(const llvm::Twine &Path) {
  const std::string Name = changedName(Path);
  if (Name.empty())
    return ProxyFileSystem::status(Path);
  llvm::ErrorOr<vfs::Status> Then = Restored->status(Name);
  return Then ? vfs::Status::copyWithNewName(*Then, Path) : Then;
}

llvm::ErrorOr<std::unique_ptr<vfs::File>> GitFiles::openFileForRead(const llvm::Twine &Path) {
  const std::string Name = changedName(Path);
  if (Name.empty())
    return ProxyFileSystem::openFileForRead(Path);
  return vfs::File::getWithPath(Restored->openFileForRead(Name), Path);
}

} // namespace connsan::tool
