#include "CheckFile.h"
#include "CheckOptions.h"
#include "Commands.h"
#include "CompilerArguments.h"
#include "DumpFile.h"
#include "FactsFiles.h"
#include "JsonReport.h"
#include "ModelList.h"
#include "WorkerPool.h"

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

void say(const llvm::Twine &Problem) {
  llvm::errs() << "connsan check: " << Problem << '\n';
}

std::unique_ptr<tooling::CompilationDatabase> findDatabase(const CheckOptions &Options) {
  std::string Ignored;
  std::unique_ptr<tooling::CompilationDatabase> Found;
  std::string Where = Options.BuildPath;
  if (!Where.empty())
    Found = tooling::CompilationDatabase::loadFromDirectory(Where, Ignored);
  else if (!Options.Sources.empty())
    Found = tooling::CompilationDatabase::autoDetectFromSource(Where = Options.Sources.front(), Ignored);
  else
    Found = tooling::CompilationDatabase::autoDetectFromDirectory(Where = ".", Ignored);
  if (!Found)
    say("no compile_commands.json for '" + Where +
        "'; make one with cmake -DCMAKE_EXPORT_COMPILE_COMMANDS=ON or with 'bear -- make', or give compiler "
        "arguments "
        "after --");
  return Found;
}

/// A file that is compiled twice (to an object and to bitcode, say) is checked once.
class FirstCommand : public tooling::CompilationDatabase {
public:
  explicit FirstCommand(std::unique_ptr<CompilationDatabase> All) : All(std::move(All)) {}
  std::vector<tooling::CompileCommand> getCompileCommands(llvm::StringRef File) const override {
    std::vector<tooling::CompileCommand> Found = All->getCompileCommands(File);
    Found.resize(std::min<std::size_t>(Found.size(), 1));
    return Found;
  }
  std::vector<std::string> getAllFiles() const override { return All->getAllFiles(); }

private:
  std::unique_ptr<CompilationDatabase> All;
};

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
  say("cannot write '" + Path + "': " + std::strerror(errno));
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

/// What goes wrong on the way, each said once and at once: a configuration is read for every file.
class ProblemList {
public:
  void add(const std::string &Problem) {
    if (llvm::is_contained(All, Problem))
      return;
    say(Problem);
    All.push_back(Problem);
  }
  const std::vector<std::string> &all() const { return All; }

private:
  std::vector<std::string> All;
};

/// Those that can be read, each once.
std::vector<std::string> readableSources(const std::vector<std::string> &Wanted, ProblemList &Problems) {
  std::vector<std::string> Sources;
  std::set<std::string> Seen;
  for (const std::string &Source : Wanted) {
    llvm::sys::fs::file_status Status;
    std::error_code Error = llvm::sys::fs::status(Source, Status);
    if (!Error && llvm::sys::fs::is_directory(Status))
      Error = std::make_error_code(std::errc::is_a_directory);
    if (!Error && access(Source.c_str(), R_OK) != 0)
      Error = std::error_code(errno, std::generic_category());
    if (Error)
      Problems.add(Source + ": " + Error.message());
    else if (Seen.insert(Source).second)
      Sources.push_back(Source);
  }
  return Sources;
}

/// What the jobs answered; a job that failed is a problem.
std::vector<FileReport> readReports(const std::vector<std::string> &Sources,
                                    const std::vector<JobResult> &Jobs, ProblemList &Problems) {
  std::vector<FileReport> Reports;
  for (std::size_t I = 0; I < Jobs.size(); ++I) {
    std::optional<FileReport> Report;
    if (Jobs[I].Failure.empty())
      Report = parseFileReport(Jobs[I].Output);
    if (!Report) {
      Problems.add(Sources[I] + ": the checker " +
                   (Jobs[I].Failure.empty() ? "gave no answer" : Jobs[I].Failure));
      continue;
    }
    for (const std::string &Problem : Report->Problems)
      Problems.add(Problem);
    Reports.push_back(std::move(*Report));
  }
  return Reports;
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

bool needsCommands(const std::vector<std::string> &Sources) {
  return Sources.empty() || !llvm::all_of(Sources, isFactsFile);
}

FileReport process(const std::string &Source, const tooling::CompilationDatabase &Commands,
                   const CheckOptions &Options) {
  if (!Options.ExportFacts.empty())
    return exportFacts(Source, Commands, Options.ExportFacts);
  if (isFactsFile(Source))
    return Options.Dump.empty() ? checkFactsFile(Source, Options.Settings)
                                : dumpFactsFile(Source, Options.Dump);
  return Options.Dump.empty() ? checkFile(Source, Commands, Options.Settings)
                              : dumpFile(Source, Commands, Options.Dump);
}

} // namespace

int checkMain(int argc, char **argv) {
  std::optional<CheckOptions> Options = parseCheckOptions(argc, argv);
  if (!Options)
    return 2;
  std::unique_ptr<tooling::CompilationDatabase> Commands = std::move(Options->FixedArguments);
  if (!Commands && needsCommands(Options->Sources) && !(Commands = findDatabase(*Options)))
    return 2;
  if (!Commands)
    Commands = std::make_unique<tooling::FixedCompilationDatabase>(".", std::vector<std::string>());
  tooling::ArgumentsAdjustingCompilations Adjusted(std::make_unique<FirstCommand>(std::move(Commands)));
  Adjusted.appendArgumentsAdjuster(tolerantArguments());

  ProblemList Problems;
  std::vector<std::string> Wanted = Options->Sources.empty() ? Adjusted.getAllFiles() : Options->Sources;
  if (Wanted.empty())
    say("the compilation database names no file");
  std::vector<std::string> Sources = readableSources(Wanted, Problems);
  if (!redirectOutput(Options->OutputFile))
    return 2;

  builtinModels(); // read once, before there are many processes
  std::vector<JobResult> Jobs = runInProcesses(Sources.size(), Options->Jobs, [&](std::size_t I) {
    return serialize(process(Sources[I], Adjusted, *Options));
  });
  std::vector<FileReport> Reports = readReports(Sources, Jobs, Problems);
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
      tidy::exportReplacements(Sources.empty() ? "" : Sources.front(), Errors, File);
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
