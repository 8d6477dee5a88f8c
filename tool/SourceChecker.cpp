#include "SourceChecker.h"

#include "DumpFile.h"
#include "FactsFiles.h"
#include "IndexFiles.h"

#include "formats/Formats.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/FileSystem.h"

namespace connsan::tool {
namespace {

FileReport process(const std::string &Source, const SourceList &All, const CheckOptions &Options,
                   ResultCache *Results) {
  if (!Options.ExportFacts.empty())
    return exportFacts(Source, All, Options.ExportFacts, Options.DepFile);
  if (isFactsFile(Source))
    return Options.Dump.empty() ? checkFactsFile(Source, All, Options.Settings, Results)
                                : dumpFactsFile(Source, Options.Dump);
  return Options.Dump.empty() ? checkFile(Source, All, Options.Settings)
                              : dumpFile(Source, *All.Commands, Options.Dump);
}

/// Only what is proposed needs the source.
bool needsSource(const FileReport &OfFacts, const std::string &Source, const CheckOptions &Options) {
  const bool MayProposeOwners = !llvm::StringRef(Source).ends_with(".c");
  const bool IsTold = tellsEdits(Options.Format) || llvm::any_of(Options.Exports, [](llvm::StringRef Export) {
                        return tellsEdits(Export.split(':').first);
                      });
  return !OfFacts.Findings.empty() && (MayProposeOwners || IsTold || !Options.ExportFixes.empty());
}

/// Where the facts of the sources are kept: beside the index above them, when `connsan index` has made one.
std::string factsDirectory(const SourceList &All, const std::string &Otherwise) {
  const std::string Index = All.Sources.empty() ? "" : findIndex(All.Sources.front(), *All.Files);
  const std::string Units = unitsBeside(Index);
  return !Index.empty() && llvm::sys::fs::is_directory(Units) ? Units : Otherwise;
}

} // namespace

SourceChecker::SourceChecker(const CheckOptions &Options)
    : Options(Options), Settings(Options.Settings),
      IsWholeProgram(Options.Sources.empty() && Options.Dump.empty() && !Options.Settings.contains("Index")) {
}

std::vector<FileReport> SourceChecker::run(const SourceList &All, ProblemList &Problems) {
  if (IsWholeProgram && Scratch.emplace().path().empty()) {
    Problems.add("cannot make a temporary directory; each file is checked by itself");
    IsWholeProgram = false;
  }
  return IsWholeProgram ? runProgram(All, Problems) : runEach(All, Problems);
}

std::vector<FileReport> SourceChecker::runEarlier(const EarlierSources &Then) {
  ProblemList Unsaid;
  return IsWholeProgram ? runEarlierProgram(Then) : runEach(Then.All, Unsaid);
}

std::vector<FileReport> SourceChecker::runEach(const SourceList &All, ProblemList &Problems) {
  std::optional<ResultCache> Results;
  if (auto Index = Settings.find("Index"); Index != Settings.end() && !Index->second.empty())
    Results = readResults({unitsBeside(Index->second)});
  std::vector<JobResult> Jobs =
      runInProcesses(All.Sources.size(), Options.Jobs, "checking", [&](std::size_t I) {
        return serialize(process(All.Sources[I], All, Options, Results ? &*Results : nullptr));
      });
  return readReports(All.Sources, Jobs, Problems);
}

std::vector<FileReport> SourceChecker::runProgram(const SourceList &All, ProblemList &Problems) {
  FactsDirectory = factsDirectory(All, Scratch->path());
  const KeptDirectories Kept{FactsDirectory};
  FactsOfSources Facts = provideFacts(All, Options.Jobs, Kept, Problems);
  const std::string IndexFile = Scratch->path() + "/index";
  std::vector<FileReport> Reports = std::move(Facts.Reports);
  Programs = programsOf(All, Options.LinkCommands, Problems);
  Reports.push_back(writeIndex({Facts.Files, Programs}, *All.Files, Settings, IndexFile, Kept, Problems));
  // Read once, before there are many processes.
  if (std::string Why; !loadIndex(IndexFile, *All.Files, Why))
    Problems.add(Why);
  ResultCache Results = readResults(Kept);
  Settings["Index"] = IndexFile;
  std::vector<JobResult> Jobs =
      runInProcesses(All.Sources.size(), Options.Jobs, "checking", [&](std::size_t I) {
        const std::string &Source = All.Sources[I];
        FileReport Report;
        if (!Facts.Files[I].empty())
          Report = checkFactsFile(Facts.Files[I], All, Settings, &Results);
        return serialize(needsSource(Report, Source, Options) ? checkFile(Source, All, Settings)
                                                              : std::move(Report));
      });
  llvm::append_range(Reports, readReports(All.Sources, Jobs, Problems));
  return Reports;
}

std::vector<FileReport> SourceChecker::runEarlierProgram(const EarlierSources &Then) {
  // Facts of what has not changed are those of now; the others are kept for the next time.
  const KeptDirectories Kept{FactsDirectory + "/before", FactsDirectory};
  if (llvm::sys::fs::create_directories(Kept.Written))
    return {};
  ProblemList Unsaid;
  const FactsOfSources Facts = provideFacts(Then.All, Options.Jobs, Kept, Unsaid);
  ProgramNumbers ProgramsThen;
  for (std::optional<std::size_t> Now : Then.Now)
    ProgramsThen.push_back(Now ? Programs[*Now] : std::vector<unsigned>());
  const std::string IndexFile = Scratch->path() + "/index-before";
  CheckSettings SettingsThen = Settings;
  SettingsThen["Index"] = IndexFile;
  writeIndex({Facts.Files, ProgramsThen}, *Then.All.Files, SettingsThen, IndexFile, Kept, Unsaid);
  std::string Why;
  loadIndex(IndexFile, *Then.All.Files, Why);
  ResultCache Results = readResults(Kept);
  std::vector<JobResult> Jobs = runInProcesses(
      Then.All.Sources.size(), Options.Jobs, "checking what was there before", [&](std::size_t I) {
        return serialize(Facts.Files[I].empty()
                             ? FileReport()
                             : checkFactsFile(Facts.Files[I], Then.All, SettingsThen, &Results));
      });
  return readReports(Then.All.Sources, Jobs, Unsaid);
}

} // namespace connsan::tool
