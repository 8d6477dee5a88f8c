#include "Baseline.h"
#include "CheckOptions.h"
#include "Commands.h"
#include "MergedFindings.h"
#include "ModelList.h"
#include "NewFindings.h"
#include "SourceChecker.h"
#include "StagedFiles.h"

#include "analysis/CpuTime.h"
#include "formats/Formats.h"
#include "model/Model.h"

#include "clang-tidy/ClangTidy.h"
#include "llvm/ADT/STLExtras.h"

#include <cerrno>
#include <cstdio>
#include <cstring>

namespace connsan::tool {
namespace {

bool redirectOutput(const std::string &Path) {
  if (Path.empty())
    return true;
  if (std::freopen(Path.c_str(), "w", stdout))
    return true;
  llvm::errs() << "connsan check: cannot write '" << Path << "': " << std::strerror(errno) << '\n';
  return false;
}

void writeDump(const std::vector<FileReport> &Reports, bool OfModels) {
  ModelList Models;
  for (const FileReport &Report : Reports)
    if (OfModels)
      Models.add(Report.Dump);
    else
      llvm::outs() << Report.Dump;
  if (OfModels)
    llvm::outs() << Models.text();
}

/// Leaves those out that were there when the work tree parted from a revision.
llvm::Error keepNew(CheckResult &Result, const Git &Repository, const SourceList &Now, SourceChecker &Checker,
                    const CheckOptions &Options) {
  if (Result.Findings.empty())
    return llvm::Error::success();
  llvm::Expected<std::vector<ChangedFile>> Changes = Repository.changes();
  if (!Changes)
    return Changes.takeError();
  llvm::Expected<EarlierSources> Then = earlierSources(Now, Repository, *Changes, Options.Sources.empty());
  if (!Then)
    return Then.takeError();
  auto NewLinesOf = [&](const ChangedFile &File) { return Repository.newLines(File, Options.Staged); };
  Result.Findings = newFindings(std::move(Result.Findings), mergeFindings(Checker.runEarlier(*Then)),
                                *Changes, NewLinesOf, Now.Files);
  return llvm::Error::success();
}

void exportFixes(const CheckResult &Result, const SourceList &All, const std::string &Path,
                 ProblemList &Problems) {
  std::error_code Error;
  llvm::raw_fd_ostream File(Path, Error);
  if (Error)
    Problems.add("cannot write '" + Path + "': " + Error.message());
  else
    clang::tidy::exportReplacements(All.Sources.empty() ? "" : All.Sources.front(),
                                    forClangTidy(Result.Findings), File);
}

void exportAs(llvm::StringRef Export, const CheckResult &Result, ProblemList &Problems) {
  auto [Format, Path] = Export.split(':');
  std::error_code Error;
  llvm::raw_fd_ostream File(Path, Error);
  if (Error)
    Problems.add("cannot write '" + Path.str() + "': " + Error.message());
  else
    writeAs(Format, File, Result);
}

bool fails(const CheckedFinding &F, const std::string &FailOn) {
  return FailOn != "never" && (FailOn != "high" || F.Confidence == "high");
}

} // namespace

int checkMain(int argc, char **argv) {
  CheckCommandLine Line;
  if (std::optional<int> Done = Line.read(argc, argv))
    return *Done;
  const CheckOptions &Options = Line.Options;
  ProblemList Problems("connsan check");
  std::optional<Git> Repository;
  auto Files = llvm::vfs::getRealFileSystem();
  if (!Options.Since.empty()) {
    llvm::Expected<Git> Found = Git::sinceMergeBase(Options.Since);
    if (!Found) {
      Problems.add("--since: " + llvm::toString(Found.takeError()));
      return 2;
    }
    Repository = std::move(*Found);
  }
  if (Options.Staged) {
    auto Staged = stagedFiles();
    if (!Staged) {
      Problems.add("--staged: " + llvm::toString(Staged.takeError()));
      return 2;
    }
    Files = std::move(*Staged);
  }
  std::optional<SourceList> All = findSources(Options, Problems, Files);
  if (!All || !redirectOutput(Options.OutputFile))
    return 2;

  builtinModels(); // read once, before there are many processes
  SourceChecker Checker(Options);
  const std::vector<FileReport> Reports = Checker.run(*All, Problems);
  if (!Options.Dump.empty())
    writeDump(Reports, Options.Dump == "models");
  const std::chrono::nanoseconds ReportStart = cpuTime();
  CheckStats Stats = sumStats(Reports);
  CheckResult Result;
  Result.Findings = mergeFindings(Reports);
  if (!Options.BaselineFile.empty())
    applyBaseline(Options, *All, Result, Problems);
  Result.Files = All->Files;
  Result.Problems = Problems.all();
  for (const std::string &Export : Options.Exports)
    exportAs(Export, Result, Problems);
  if (Repository)
    if (llvm::Error Error = keepNew(Result, *Repository, *All, Checker, Options))
      Problems.add("--since: " + llvm::toString(std::move(Error)));
  if (!Options.ExportFixes.empty())
    exportFixes(Result, *All, Options.ExportFixes, Problems);
  Result.Problems = Problems.all();
  Stats.ReportSeconds += std::chrono::duration<double>(cpuTime() - ReportStart).count();
  writeAs(Options.Format, llvm::outs(), Result, Options.Stats ? &Stats : nullptr);
  llvm::outs().flush();
  if (Options.Stats && Options.Format != "json")
    writeStats(llvm::errs(), Stats);
  if (!Problems.all().empty())
    return 2;
  return llvm::any_of(Result.Findings, [&](const auto &F) { return fails(F, Options.FailOn); }) ? 1 : 0;
}

} // namespace connsan::tool
