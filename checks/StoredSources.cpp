#include "StoredSources.h"

#include "clang/Basic/FileManager.h"
#include "clang/Basic/SourceManager.h"
#include "llvm/Support/xxhash.h"

using namespace clang;

namespace connsan {

llvm::Expected<StoredSources> StoredSources::open(const UnitFacts &Unit, SourceManager &Manager) {
  StoredSources Result(Unit, Manager);
  for (const SourceStretch &S : Unit.Stretches) {
    if (!S.IsExpansion) {
      llvm::Expected<FileID> File = Result.openFile(S);
      if (!File)
        return File.takeError();
      if (Result.Starts.size() == Unit.MainFile)
        Manager.setMainFileID(*File);
      Result.Starts.push_back(Manager.getLocForStartOfFile(*File));
      continue;
    }
    SourceLocation Spelling = Result.location(S.Spelling);
    SourceLocation Start = Result.location(S.Start);
    Result.Starts.push_back(
        S.End.Raw == 0
            ? Manager.createMacroArgExpansionLoc(Spelling, Start, S.Size)
            : Manager.createExpansionLoc(Spelling, Start, Result.location(S.End), S.Size, S.IsTokenRange));
  }
  return Result;
}

SourceLocation StoredSources::location(SourcePoint At) const {
  if (At.Raw == 0)
    return {};
  const SourcePlace &Place = Unit->Places[At.Raw - 1];
  return Starts[Place.Stretch].getLocWithOffset(Place.Offset);
}

llvm::Expected<FileID> StoredSources::openFile(const SourceStretch &S) {
  SrcMgr::CharacteristicKind Kind = S.IsSystem ? SrcMgr::C_System : SrcMgr::C_User;
  if (S.Text)
    return Manager->createFileID(llvm::MemoryBuffer::getMemBufferCopy(*S.Text, S.File), Kind);
  llvm::Expected<FileEntryRef> File = Manager->getFileManager().getFileRef(S.File, /*OpenFile=*/true);
  if (!File)
    return llvm::createStringError(S.File + ": " + llvm::toString(File.takeError()));
  FileID Id = Manager->createFileID(*File, SourceLocation(), Kind);
  std::optional<llvm::StringRef> Text = Manager->getBufferDataOrNone(Id);
  if (!Text || Text->size() != S.Size || llvm::xxh3_64bits(*Text) != S.Hash)
    return llvm::createStringError(S.File + " has changed since; write it again");
  return Id;
}

} // namespace connsan
