#include "NewFindings.h"

#include "RealPaths.h"
#include "SourceLines.h"

#include "llvm/ADT/DenseSet.h"
#include "llvm/ADT/STLExtras.h"

#include <map>

namespace connsan::tool {
namespace {

/// What equals have in common: the file, or in its place what tells the function from others of its name.
using Kind = std::pair<std::string, std::string>;

class Comparison {
public:
  Comparison(llvm::ArrayRef<ChangedFile> Changes, const NewLines &LinesOf,
             llvm::IntrusiveRefCntPtr<llvm::vfs::FileSystem> Files)
      : LinesOf(LinesOf), Lines(std::move(Files)) {
    for (const ChangedFile &File : Changes) {
      if (!File.Now.empty())
        ChangedNow[File.Now] = &File;
      if (!File.Now.empty() && !File.Then.empty())
        MovedTo[File.Then] = File.Now;
    }
  }

  std::vector<CheckedFinding> run(std::vector<CheckedFinding> Now,
                                  const std::vector<CheckedFinding> &Before) {
    std::map<Kind, unsigned> InFile;
    for (const CheckedFinding &F : Before)
      ++InFile[{fileThen(F), F.Likeness}];
    std::map<Kind, std::vector<CheckedFinding *>> Equals;
    for (CheckedFinding &F : Now)
      Equals[{fileNow(F), F.Likeness}].push_back(&F);

    std::vector<CheckedFinding *> New;
    for (auto &[Which, All] : Equals) {
      unsigned &Known = InFile[Which];
      const unsigned Count = std::min<unsigned>(Known, All.size());
      // The sort keeps the order of the source.
      if (Count > 0 && Count < All.size())
        llvm::stable_sort(All, [&](const auto *A, const auto *B) { return novelty(*A) < novelty(*B); });
      New.insert(New.end(), All.begin() + Count, All.end());
      Known -= Count;
    }

    // A function may have gone to another file, with what is wrong in it.
    std::map<Kind, unsigned> Gone;
    for (const CheckedFinding &F : Before)
      if (unsigned &Left = InFile[{fileThen(F), F.Likeness}]; Left > 0) {
        --Left;
        ++Gone[{F.LocalTo, F.Likeness}];
      }
    llvm::erase_if(New, [&](const CheckedFinding *F) {
      unsigned &Left = Gone[{F->LocalTo, F->Likeness}];
      if (Left == 0)
        return false;
      --Left;
      return true;
    });
    const llvm::DenseSet<const CheckedFinding *> IsNew(New.begin(), New.end());
    std::vector<CheckedFinding> Result;
    for (CheckedFinding &F : Now)
      if (IsNew.contains(&F))
        Result.push_back(std::move(F));
    return Result;
  }

private:
  std::string fileNow(const CheckedFinding &F) { return Real.of(F.Said.Message.FilePath); }
  std::string fileThen(const CheckedFinding &F) {
    std::string File = fileNow(F);
    auto Moved = MovedTo.find(File);
    return Moved == MovedTo.end() ? File : Moved->second;
  }

  /// More when it stands on a new line than when only its path goes through one.
  unsigned novelty(const CheckedFinding &F) {
    if (isOnNewLine(F.Said.Message))
      return 2;
    return llvm::any_of(F.Said.Notes, [&](const auto &Note) { return isOnNewLine(Note); }) ? 1 : 0;
  }
  bool isOnNewLine(const clang::tooling::DiagnosticMessage &At) {
    const std::string File = Real.of(At.FilePath);
    auto Changed = ChangedNow.find(File);
    if (Changed == ChangedNow.end())
      return false;
    auto [Known, IsFirst] = Ranges.try_emplace(File);
    if (IsFirst)
      Known->second = LinesOf(*Changed->second);
    const unsigned Line = Lines.find(At.FilePath, At.FileOffset).Line;
    return llvm::any_of(Known->second,
                        [&](auto Range) { return Range.first <= Line && Line <= Range.second; });
  }

  const NewLines &LinesOf;
  std::map<std::string, const ChangedFile *> ChangedNow;
  std::map<std::string, std::string> MovedTo;
  std::map<std::string, std::vector<std::pair<unsigned, unsigned>>> Ranges;
  SourceLines Lines;
  RealPaths Real;
};

} // namespace

std::vector<CheckedFinding> newFindings(std::vector<CheckedFinding> Now,
                                        const std::vector<CheckedFinding> &Before,
                                        llvm::ArrayRef<ChangedFile> Changes, const NewLines &LinesOf,
                                        llvm::IntrusiveRefCntPtr<llvm::vfs::FileSystem> Files) {
  return Comparison(Changes, LinesOf, std::move(Files)).run(std::move(Now), Before);
}

} // namespace connsan::tool
