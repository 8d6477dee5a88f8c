#include "UnitAnalysis.h"

#include "model/Configuration.h"

#include "clang/AST/ASTContext.h"
#include "clang/Basic/SourceManager.h"
#include "llvm/Support/Path.h"

namespace connsan {

std::shared_ptr<UnitAnalysis> UnitAnalysis::of(clang::ASTContext &Context) {
  thread_local std::weak_ptr<UnitAnalysis> Last;
  std::shared_ptr<UnitAnalysis> Unit = Last.lock();
  if (!Unit || &Unit->Context != &Context)
    Last = Unit = std::make_shared<UnitAnalysis>(Context);
  return Unit;
}

/// Most translation units never refer to a function that acquires or releases, even if a header declares it.
static bool isReferred(llvm::StringRef Function, clang::ASTContext &Context) {
  llvm::StringRef Name = Function.substr(Function.rfind(':') + 1);
  auto Known = Context.Idents.find(Name);
  if (Known == Context.Idents.end())
    return false;
  if (Name != Function)
    return true;
  return llvm::any_of(Context.getTranslationUnitDecl()->lookup(Known->second),
                      [](const clang::NamedDecl *D) { return D->isReferenced(); });
}

UnitAnalysis::UnitAnalysis(clang::ASTContext &Context) : Context(Context) {
  const clang::SourceManager &Sources = Context.getSourceManager();
  clang::OptionalFileEntryRef Main = Sources.getFileEntryRefForID(Sources.getMainFileID());
  Configuration Config =
      configurationFor(Main ? Main->getName() : "", Sources.getFileManager().getVirtualFileSystem());
  Models = std::move(Config.Models);
  Excluded = std::move(Config.Excluded);
  Error = std::move(Config.Error);
  bool Any = llvm::any_of(Models.all(), [&](const auto &Entry) {
    const Model &M = Entry.getValue();
    return (M.acquires() || M.releases()) && isReferred(Entry.getKey(), Context);
  });
  if (Any)
    Analysis = std::make_unique<Analyzer>(Context, Models);
}

const std::vector<Finding> &UnitAnalysis::findings() {
  if (!Found)
    Found = Analysis ? Analysis->findings() : std::vector<Finding>();
  return *Found;
}

bool UnitAnalysis::isExcluded(SourcePoint At) const {
  const clang::SourceManager &Sources = Context.getSourceManager();
  clang::SourceLocation Place = clang::SourceLocation::getFromRawEncoding(At.Raw);
  llvm::SmallString<256> Path(Sources.getFilename(Sources.getExpansionLoc(Place)));
  Sources.getFileManager().makeAbsolutePath(Path);
  llvm::sys::path::remove_dots(Path, /*remove_dot_dot=*/true);
  return llvm::any_of(Excluded, [&](llvm::StringRef Prefix) { return Path.starts_with(Prefix); });
}

std::string UnitAnalysis::takeError() {
  return std::exchange(Error, "");
}

} // namespace connsan
