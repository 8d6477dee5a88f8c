#include "EarlierSources.h"

#include "GitFiles.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/Path.h"

#include <map>

namespace connsan::tool {
namespace {

namespace path = llvm::sys::path;
namespace tooling = clang::tooling;

/// The compilation database of now, and in it what was moved or is gone.
class EarlierCommands : public tooling::CompilationDatabase {
public:
  explicit EarlierCommands(const CompilationDatabase &Now) : Now(Now) {}
  void compileAs(const std::string &Source, llvm::StringRef Other) {
    for (tooling::CompileCommand &Command : Now.getCompileCommands(Other))
      Moved[Source].push_back(tooling::transferCompileCommand(std::move(Command), Source));
  }
  std::vector<tooling::CompileCommand> getCompileCommands(llvm::StringRef File) const override {
    auto Known = Moved.find(File.str());
    return Known == Moved.end() ? Now.getCompileCommands(File) : Known->second;
  }

private:
  const CompilationDatabase &Now;
  std::map<std::string, std::vector<tooling::CompileCommand>> Moved;
};

std::size_t commonLength(llvm::StringRef A, llvm::StringRef B) {
  return std::mismatch(A.begin(), A.end(), B.begin(), B.end()).first - A.begin();
}

/// The one of the same language whose path has most in common; null when there is none.
const std::string *neighbourOf(llvm::StringRef Source, llvm::ArrayRef<std::string> RealSources,
                               llvm::ArrayRef<std::string> Sources) {
  const std::string *Best = nullptr;
  std::size_t Most = 0;
  for (const auto &[Real, Named] : llvm::zip(RealSources, Sources))
    if (path::extension(Real) == path::extension(Source) && commonLength(Real, Source) > Most) {
      Most = commonLength(Real, Source);
      Best = &Named;
    }
  return Best;
}

} // namespace

llvm::Expected<EarlierSources> earlierSources(const SourceList &Now, const Git &Repository,
                                              llvm::ArrayRef<ChangedFile> Changes, bool WithGone) {
  llvm::Expected<std::vector<std::string>> Contents = Repository.contentsThen(Changes);
  if (!Contents)
    return Contents.takeError();
  auto Files = llvm::makeIntrusiveRefCnt<GitFiles>();
  std::map<std::string, const ChangedFile *> ByNow;
  for (const auto &[File, Text] : llvm::zip(Changes, *Contents)) {
    if (!File.Then.empty())
      Files->restore(File.Then, Text);
    if (!File.Now.empty()) {
      Files->removeNow(File);
      ByNow[File.Now] = &File;
    }
  }

  EarlierSources Then;
  auto Commands = std::make_unique<EarlierCommands>(*Now.Commands);
  RealPaths Real;
  std::vector<std::string> RealSources;
  for (std::size_t I = 0; I < Now.Sources.size(); ++I) {
    const std::string &Source = RealSources.emplace_back(Real.of(Now.Sources[I]));
    auto Change = ByNow.find(Source);
    if (Change != ByNow.end() && Change->second->Then.empty())
      continue; // is new
    const bool IsMoved = Change != ByNow.end() && Change->second->Then != Source;
    Then.All.Sources.push_back(IsMoved ? Change->second->Then : Now.Sources[I]);
    Then.Now.push_back(I);
    if (IsMoved)
      Commands->compileAs(Change->second->Then, Now.Sources[I]);
  }
  for (const ChangedFile &File : Changes) {
    if (!WithGone || !File.Now.empty() || !isSource(File.Then))
      continue;
    if (const std::string *Neighbour = neighbourOf(File.Then, RealSources, Now.Sources)) {
      Commands->compileAs(File.Then, *Neighbour);
      Then.All.Sources.push_back(File.Then);
      Then.Now.push_back(std::nullopt);
    }
  }
  Then.All.Commands = std::move(Commands);
  Then.All.BuildDirectory = Now.BuildDirectory;
  Then.All.Files = std::move(Files);
  return Then;
}

} // namespace connsan::tool
