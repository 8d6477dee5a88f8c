#include "IndexFiles.h"

#include "analysis/IndexFile.h"

#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"

#include <mutex>

namespace connsan {

std::string findIndex(llvm::StringRef SourceFile, llvm::vfs::FileSystem &Files) {
  llvm::SmallString<256> Directory(SourceFile);
  if (Files.makeAbsolute(Directory))
    return "";
  llvm::sys::path::remove_dots(Directory, /*remove_dot_dot=*/true);
  for (llvm::StringRef At = llvm::sys::path::parent_path(Directory); !At.empty();
       At = llvm::sys::path::parent_path(At)) {
    llvm::SmallString<256> Path(At);
    llvm::sys::path::append(Path, ".connsan", "index");
    if (Files.exists(Path))
      return Path.str().str();
  }
  return "";
}

namespace {

struct KnownIndex {
  llvm::sys::TimePoint<> Written;
  std::uint64_t Size = 0;
  std::shared_ptr<const SummaryIndex> Read;
  std::string Problem;
};

} // namespace

std::shared_ptr<const SummaryIndex> loadIndex(llvm::StringRef Path, llvm::vfs::FileSystem &Files,
                                              std::string &Problem) {
  static std::mutex Guard;
  static llvm::StringMap<KnownIndex> Known;
  llvm::SmallString<256> Absolute(Path);
  std::error_code Error = Files.makeAbsolute(Absolute);
  llvm::ErrorOr<llvm::vfs::Status> Status = Files.status(Path);
  if (!Error)
    Error = Status.getError();
  if (Error) {
    Problem = (Path + ": " + Error.message()).str();
    return nullptr;
  }
  const std::lock_guard Lock(Guard);
  KnownIndex &One = Known[Absolute];
  const bool IsSame = One.Written == Status->getLastModificationTime() && One.Size == Status->getSize();
  if (!IsSame || (!One.Read && One.Problem.empty())) {
    One = {Status->getLastModificationTime(), Status->getSize(), nullptr, ""};
    auto Bytes = Files.getBufferForFile(Path, /*FileSize=*/-1, /*RequiresNullTerminator=*/false);
    if (!Bytes)
      One.Problem = Bytes.getError().message();
    else if (llvm::Expected<SummaryIndex> Index = decodeIndex((*Bytes)->getBuffer()))
      One.Read = std::make_shared<SummaryIndex>(std::move(*Index));
    else
      One.Problem = llvm::toString(Index.takeError());
  }
  if (!One.Read)
    Problem = (Path + ": " + One.Problem).str();
  return One.Read;
}

} // namespace connsan
