#include "Configuration.h"

#include "ModelFile.h"

#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"

namespace connsan {

Configuration configurationFor(llvm::StringRef SourceFile, llvm::vfs::FileSystem &Files) {
  Configuration Result{builtinModels(), {}, {}};
  llvm::SmallString<256> Directory(SourceFile);
  if (Files.makeAbsolute(Directory))
    return Result;
  llvm::sys::path::remove_dots(Directory, /*remove_dot_dot=*/true);
  for (llvm::StringRef At = llvm::sys::path::parent_path(Directory); !At.empty();
       At = llvm::sys::path::parent_path(At)) {
    llvm::SmallString<256> Path(At);
    llvm::sys::path::append(Path, ".connsan.yaml");
    if (!Files.exists(Path))
      continue;
    auto Text = Files.getBufferForFile(Path);
    if (!Text) {
      Result.Error = (Path + ": " + Text.getError().message()).str();
      return Result;
    }
    std::optional<ModelFile> File = parseModelFile(**Text, Result.Error);
    if (!File)
      return Result;
    addTo(Result.Models, *File);
    for (const std::string &Prefix : File->Exclude) {
      llvm::SmallString<256> Excluded(At);
      llvm::sys::path::append(Excluded, Prefix);
      Result.Excluded.push_back(Excluded.str().str());
    }
    return Result;
  }
  return Result;
}

} // namespace connsan
