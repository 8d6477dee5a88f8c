#include "MergedFindings.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"

namespace connsan::tool {

namespace tidy = clang::tidy;
namespace tooling = clang::tooling;

namespace {

/// The same name for a file whatever the compiler was told: from the current directory when it is below it.
std::string displayPath(llvm::StringRef Path, llvm::StringRef BuildDirectory,
                        llvm::StringRef CurrentDirectory) {
  if (Path.empty())
    return "";
  llvm::SmallString<256> Absolute(Path);
  llvm::sys::path::make_absolute(BuildDirectory, Absolute);
  llvm::sys::path::remove_dots(Absolute, /*remove_dot_dot=*/true);
  llvm::StringRef Below = Absolute;
  if (Below.consume_front(CurrentDirectory) && Below.consume_front("/"))
    return Below.str();
  return Absolute.str().str();
}

void normalizePaths(tooling::Diagnostic &D, llvm::StringRef CurrentDirectory) {
  D.Message.FilePath = displayPath(D.Message.FilePath, D.BuildDirectory, CurrentDirectory);
  for (tooling::DiagnosticMessage &Note : D.Notes)
    Note.FilePath = displayPath(Note.FilePath, D.BuildDirectory, CurrentDirectory);
  auto Edits = std::exchange(D.Message.Fix, {});
  for (const auto &OfFile : Edits) {
    std::string Path = displayPath(OfFile.first(), D.BuildDirectory, CurrentDirectory);
    for (const tooling::Replacement &Edit : OfFile.second)
      llvm::consumeError(D.Message.Fix[Path].add(
          tooling::Replacement(Path, Edit.getOffset(), Edit.getLength(), Edit.getReplacementText())));
  }
  D.BuildDirectory = CurrentDirectory.str();
}

/// Absolute, or empty when it was removed: paths stay absolute then.
llvm::SmallString<256> currentDirectory() {
  llvm::SmallString<256> Directory;
  if (llvm::sys::fs::current_path(Directory))
    Directory.clear();
  return Directory;
}

} // namespace

CheckStats sumStats(const std::vector<FileReport> &Reports) {
  llvm::SmallString<256> CurrentDirectory = currentDirectory();
  CheckStats Sum;
  for (const FileReport &Report : Reports) {
    CheckStats OfFile = Report.Stats;
    for (CheckStats::GivenUp &One : OfFile.Named)
      One.File = displayPath(One.File, "", CurrentDirectory);
    Sum.add(OfFile);
  }
  return Sum;
}

std::vector<CheckedFinding> mergeFindings(const std::vector<FileReport> &Reports) {
  std::vector<CheckedFinding> All;
  for (const FileReport &Report : Reports)
    llvm::append_range(All, Report.Findings);
  llvm::SmallString<256> CurrentDirectory = currentDirectory();
  for (CheckedFinding &F : All)
    normalizePaths(F.Said, CurrentDirectory);
  auto Key = [](const CheckedFinding &F) {
    const tooling::DiagnosticMessage &M = F.Said.Message;
    return std::tie(M.FilePath, M.FileOffset, F.Said.DiagnosticName, M.Message);
  };
  llvm::sort(All, [&](const auto &A, const auto &B) {
    return std::tuple(Key(A), A.Fingerprint) < std::tuple(Key(B), B.Fingerprint);
  });
  All.erase(
      std::unique(All.begin(), All.end(), [&](const auto &A, const auto &B) { return Key(A) == Key(B); }),
      All.end());
  return All;
}

std::vector<tidy::ClangTidyError> forClangTidy(const std::vector<CheckedFinding> &Findings) {
  std::vector<tidy::ClangTidyError> Errors;
  for (const CheckedFinding &F : Findings) {
    auto &New = Errors.emplace_back(F.Said.DiagnosticName, F.Said.DiagLevel, F.Said.BuildDirectory,
                                    /*IsWarningAsError=*/false);
    static_cast<tooling::Diagnostic &>(New) = F.Said;
  }
  return Errors;
}

} // namespace connsan::tool
