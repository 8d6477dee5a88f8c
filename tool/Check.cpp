#include "CheckFile.h"
#include "CheckOptions.h"
#include "Commands.h"
#include "DumpFile.h"
#include "FactsFiles.h"
#include "IndexFiles.h"
#include "JsonReport.h"
#include "ModelList.h"
#include "SourceList.h"
#include "WholeProgram.h"

#include "analysis/CpuTime.h"
#include "model/Model.h"

#include "clang-tidy/ClangTidy.h"
#include "clang/Tooling/CommonOptionsParser.h"
#include "clang/Tooling/CompilationDatabase.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/VirtualFileSystem.h"

#include <set>
#include <unistd.h>

namespace connsan::tool {
namespace {

namespace tidy = clang::tidy;
namespace tooling = clang::tooling;

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

CheckStats sum(const std::vector<FileReport> &Reports) {
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

/// By place, each finding once: a header's is found in every file that includes it.
std::vector<CheckedFinding> merge(std::vector<FileReport> Reports) {
  std::vector<CheckedFinding> All;
  for (FileReport &Report : Reports)
    std::move(Report.Findings.begin(), Report.Findings.end(), std::back_inserter(All));
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

/// As clang-tidy prints and exports them.
std::vector<tidy::ClangTidyError> forClangTidy(const std::vector<CheckedFinding> &Findings) {
  std::vector<tidy::ClangTidyError> Errors;
  for (const CheckedFinding &F : Findings) {
    auto &New = Errors.emplace_back(F.Said.DiagnosticName, F.Said.DiagLevel, F.Said.BuildDirectory,
                                    /*IsWarningAsError=*/false);
    static_cast<tooling::Diagnostic &>(New) = F.Said;
  }
  return Errors;
}

bool redirectOutput(const std::string &Path) {
  if (Path.empty())
    return true;
  if (std::freopen(Path.c_str(), "w", stdout))
    return true;
  llvm::errs() << "connsan check: cannot write '" << Path << "': " << std::strerror(errno) << '\n';
  return false;
}

void writeText(std::vector<tidy::ClangTidyError> Findings) {
  // It would print all lines that an edit touches.
  for (tidy::ClangTidyError &Finding : Findings)
    Finding.Message.Fix.clear();
  tidy::ClangTidyContext Context(std::make_unique<tidy::DefaultOptionsProvider>(
      tidy::ClangTidyGlobalOptions(), tidy::ClangTidyOptions()));
  unsigned AsErrors = 0;
  tidy::handleErrors(Findings, Context, tidy::FB_NoFix, AsErrors, llvm::vfs::getRealFileSystem());
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

FileReport process(const std::string &Source, const tooling::CompilationDatabase &Commands,
                   const CheckOptions &Options, ResultCache *Results) {
  if (!Options.ExportFacts.empty())
    return exportFacts(Source, Commands, Options.ExportFacts, Options.DepFile);
  if (isFactsFile(Source))
    return Options.Dump.empty() ? checkFactsFile(Source, Options.Settings, Results)
                                : dumpFactsFile(Source, Options.Dump);
  return Options.Dump.empty() ? checkFile(Source, Commands, Options.Settings)
                              : dumpFile(Source, Commands, Options.Dump);
}

std::vector<FileReport> checkEach(const SourceList &All, const CheckOptions &Options, ProblemList &Problems) {
  std::optional<ResultCache> Results;
  if (auto Index = Options.Settings.find("Index"); Index != Options.Settings.end() && !Index->second.empty())
    Results = readResults(unitsBeside(Index->second));
  std::vector<JobResult> Jobs = runInProcesses(All.Sources.size(), Options.Jobs, [&](std::size_t I) {
    return serialize(process(All.Sources[I], *All.Commands, Options, Results ? &*Results : nullptr));
  });
  return readReports(All.Sources, Jobs, Problems);
}

/// Only what is proposed needs the source.
bool needsSource(const FileReport &OfFacts, const std::string &Source, const CheckOptions &Options) {
  const bool MayProposeOwners = !llvm::StringRef(Source).ends_with(".c");
  return !OfFacts.Findings.empty() && (MayProposeOwners || Options.Json || !Options.ExportFixes.empty());
}

/// Where the facts of the sources are kept: beside the index above them, when `connsan index` has made one.
std::string factsDirectory(const SourceList &All, const std::string &Otherwise) {
  const std::string Index =
      All.Sources.empty() ? "" : findIndex(All.Sources.front(), *llvm::vfs::getRealFileSystem());
  const std::string Units = unitsBeside(Index);
  return !Index.empty() && llvm::sys::fs::is_directory(Units) ? Units : Otherwise;
}

/// Each file with what all the others say.
std::vector<FileReport> checkProgram(const SourceList &All, CheckOptions &Options, ProblemList &Problems) {
  const TemporaryDirectory Scratch;
  if (Scratch.path().empty()) {
    Problems.add("cannot make a temporary directory; each file is checked by itself");
    return checkEach(All, Options, Problems);
  }
  const std::string Directory = factsDirectory(All, Scratch.path());
  FactsOfSources Facts = provideFacts(All, Options.Jobs, Directory, Problems);
  const std::string IndexFile = Scratch.path() + "/index";
  std::vector<FileReport> Reports = std::move(Facts.Reports);
  const ProgramNumbers Programs = programsOf(All, Options.LinkCommands, Problems);
  Reports.push_back(writeIndex(Facts.Files, Programs, Options.Settings, IndexFile, Directory, Problems));
  // Read once, before there are many processes.
  if (std::string Why; !loadIndex(IndexFile, *llvm::vfs::getRealFileSystem(), Why))
    Problems.add(Why);
  ResultCache Results = readResults(Directory);
  Options.Settings["Index"] = IndexFile;
  std::vector<JobResult> Jobs = runInProcesses(All.Sources.size(), Options.Jobs, [&](std::size_t I) {
    const std::string &Source = All.Sources[I];
    FileReport Report;
    if (!Facts.Files[I].empty())
      Report = checkFactsFile(Facts.Files[I], Options.Settings, &Results);
    return serialize(needsSource(Report, Source, Options) ? checkFile(Source, *All.Commands, Options.Settings)
                                                          : std::move(Report));
  });
  llvm::append_range(Reports, readReports(All.Sources, Jobs, Problems));
  return Reports;
}

} // namespace

int checkMain(int argc, char **argv) {
  std::optional<CheckOptions> Options = parseCheckOptions(argc, argv);
  if (!Options)
    return 2;
  ProblemList Problems("connsan check");
  std::optional<SourceList> All =
      findSources(Options->BuildPath, Options->Sources, std::move(Options->FixedArguments), Problems);
  if (!All || !redirectOutput(Options->OutputFile))
    return 2;

  builtinModels(); // read once, before there are many processes
  const bool IsWholeProgram = Options->Sources.empty() && Options->Dump.empty() && Options->UsesIndex &&
                              !Options->Settings.contains("Index");
  std::vector<FileReport> Reports =
      IsWholeProgram ? checkProgram(*All, *Options, Problems) : checkEach(*All, *Options, Problems);
  if (!Options->Dump.empty())
    writeDump(Reports, Options->Dump == "models");
  const std::chrono::nanoseconds ReportStart = cpuTime();
  CheckStats Stats = sum(Reports);
  std::vector<CheckedFinding> Findings = merge(std::move(Reports));
  std::vector<tidy::ClangTidyError> Errors = forClangTidy(Findings);
  if (!Options->ExportFixes.empty()) {
    std::error_code Error;
    llvm::raw_fd_ostream File(Options->ExportFixes, Error);
    if (Error)
      Problems.add("cannot write '" + Options->ExportFixes + "': " + Error.message());
    else
      tidy::exportReplacements(All->Sources.empty() ? "" : All->Sources.front(), Errors, File);
  }
  if (!Options->Json)
    writeText(std::move(Errors));
  Stats.ReportSeconds += std::chrono::duration<double>(cpuTime() - ReportStart).count();
  if (Options->Json)
    writeJson(llvm::outs(), Findings, Problems.all(), Options->Stats ? &Stats : nullptr);
  llvm::outs().flush();
  if (Options->Stats && !Options->Json)
    writeStats(llvm::errs(), Stats);
  if (!Problems.all().empty())
    return 2;
  return Findings.empty() ? 0 : 1;
}

} // namespace connsan::tool
