#include "WholeProgram.h"

#include "Duration.h"
#include "FactsFiles.h"

#include "analysis/CpuTime.h"
#include "analysis/IndexFile.h"
#include "analysis/Linker.h"
#include "model/Configuration.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/xxhash.h"

#include <deque>
#include <tuple>

namespace connsan::tool {
namespace {

/// The same source with the same arguments has the same file.
std::string factsFileOf(const std::string &Source, const clang::tooling::CompilationDatabase &Commands,
                        llvm::StringRef Directory) {
  std::string Identity = Source;
  for (const clang::tooling::CompileCommand &Command : Commands.getCompileCommands(Source))
    Identity += '\0' + Command.Directory + '\0' + llvm::join(Command.CommandLine, llvm::StringRef("\0", 1));
  llvm::SmallString<256> File(Directory);
  llvm::sys::path::append(File, llvm::sys::path::filename(Source) + "-" +
                                    llvm::utohexstr(llvm::xxh3_64bits(Identity), /*LowerCase=*/true, 16) +
                                    FactsFileEnding);
  return File.str().str();
}

/// The models that hold for the units, those of each directory read once.
class ModelsOfSources {
public:
  const ModelSet &of(const UnitFacts &Unit, std::vector<std::string> &Problems) {
    llvm::SmallString<256> Source(Unit.Stretches[Unit.MainFile].File);
    llvm::sys::path::make_absolute(Unit.Directory, Source);
    auto [It, New] = ByDirectory.try_emplace(llvm::sys::path::parent_path(Source).str());
    if (New) {
      Configuration Config = configurationFor(Source, *llvm::vfs::getRealFileSystem());
      if (!Config.Error.empty())
        Problems.push_back(Config.Error);
      It->second = std::move(Config.Models);
    }
    return It->second;
  }

private:
  std::map<std::string, ModelSet> ByDirectory;
};

FileReport linkInto(const std::vector<std::string> &FactsFiles, const CheckSettings &Settings,
                    const std::string &IndexFile) {
  FileReport Report;
  const std::chrono::nanoseconds Start = cpuTime();
  std::deque<UnitFacts> Units;
  ModelsOfSources Models;
  std::vector<LinkedUnit> Linked;
  for (const std::string &File : FactsFiles) {
    llvm::Expected<UnitFacts> Unit = readFacts(File);
    if (!Unit) {
      Report.Problems.push_back(llvm::toString(Unit.takeError()));
      continue;
    }
    Units.push_back(std::move(*Unit));
    Linked.push_back({&Units.back(), &Models.of(Units.back(), Report.Problems)});
  }
  Limits Bounds;
  if (auto Most = Settings.find("MaxFunctionTime"); Most != Settings.end())
    Bounds.Time = parseDuration(Most->second).value_or(Bounds.Time);
  LinkResult Result = linkUnits(Linked, Bounds);
  if (llvm::Error Error = writeFile(IndexFile, encodeIndex(Result.Index)))
    Report.Problems.push_back(llvm::toString(std::move(Error)));
  Report.Dump = std::move(Result.Models);
  Report.Stats.LinkSeconds = std::chrono::duration<double>(cpuTime() - Start).count();
  Report.Stats.Indexed = Result.Index.all().size();
  Report.Stats.Ambiguous = Result.Ambiguous;
  return Report;
}

} // namespace

TemporaryDirectory::TemporaryDirectory() {
  llvm::SmallString<128> Made;
  if (!llvm::sys::fs::createUniqueDirectory("connsan", Made))
    Path = Made.str();
}

TemporaryDirectory::~TemporaryDirectory() {
  if (!Path.empty())
    std::ignore = llvm::sys::fs::remove_directories(Path);
}

FactsOfSources provideFacts(const SourceList &All, unsigned Workers, const std::string &Directory,
                            ProblemList &Problems) {
  FactsOfSources Result;
  for (const std::string &Source : All.Sources)
    Result.Files.push_back(isFactsFile(Source) ? Source : factsFileOf(Source, *All.Commands, Directory));
  std::vector<JobResult> Jobs = runInProcesses(All.Sources.size(), Workers, [&](std::size_t I) {
    const std::string &Source = All.Sources[I];
    if (isFactsFile(Source))
      return serialize(FileReport());
    return serialize(updateFacts(Source, *All.Commands, Result.Files[I]));
  });
  Result.Reports = readReports(All.Sources, Jobs, Problems);
  for (std::string &File : Result.Files)
    if (!llvm::sys::fs::exists(File))
      File.clear();
  return Result;
}

FileReport writeIndex(const std::vector<std::string> &FactsFiles, const CheckSettings &Settings,
                      const std::string &IndexFile, ProblemList &Problems) {
  std::vector<std::string> There;
  llvm::copy_if(FactsFiles, std::back_inserter(There), [](const std::string &File) { return !File.empty(); });
  std::vector<JobResult> Job =
      runInProcesses(1, 1, [&](std::size_t) { return serialize(linkInto(There, Settings, IndexFile)); });
  std::vector<FileReport> Reports = readReports({"the index"}, Job, Problems);
  return Reports.empty() ? FileReport() : std::move(Reports.front());
}

} // namespace connsan::tool
