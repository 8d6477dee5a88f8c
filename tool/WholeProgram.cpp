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
  explicit ModelsOfSources(llvm::vfs::FileSystem &Files) : Files(Files) {}
  const ModelSet &of(const UnitFacts &Unit, std::vector<std::string> &Problems) {
    llvm::SmallString<256> Source(Unit.Stretches[Unit.MainFile].File);
    llvm::sys::path::make_absolute(Unit.From.Directory, Source);
    auto [It, New] = ByDirectory.try_emplace(llvm::sys::path::parent_path(Source).str());
    if (New) {
      Configuration Config = configurationFor(Source, Files);
      if (!Config.Error.empty())
        Problems.push_back(Config.Error);
      It->second = std::move(Config.Models);
    }
    return It->second;
  }

private:
  llvm::vfs::FileSystem &Files;
  std::map<std::string, ModelSet> ByDirectory;
};

/// Of the program that is running, for what only the same one can use.
std::uint64_t identityOfProgram() {
  const std::string Program = llvm::sys::fs::getMainExecutable(nullptr, nullptr);
  llvm::sys::fs::file_status Status;
  if (llvm::sys::fs::status(Program, Status))
    return 0;
  const auto Written = Status.getLastModificationTime().time_since_epoch().count();
  return llvm::xxh3_64bits((llvm::Twine(Program) + "\n" + llvm::Twine(Status.getSize()) + "\n" +
                            llvm::Twine(static_cast<std::int64_t>(Written)))
                               .str());
}

std::string resultsIn(llvm::StringRef Directory) {
  llvm::SmallString<256> File(Directory);
  llvm::sys::path::append(File, "results");
  return File.str().str();
}

FileReport linkInto(const ProgramFacts &Of, llvm::vfs::FileSystem &Files, const CheckSettings &Settings,
                    const std::string &IndexFile, const KeptDirectories &Kept) {
  FileReport Report;
  const std::chrono::nanoseconds Start = cpuTime();
  std::deque<UnitFacts> Units;
  ModelsOfSources Models(Files);
  std::vector<LinkedUnit> Linked;
  for (std::size_t I = 0; I < Of.Files.size(); ++I) {
    if (Of.Files[I].empty())
      continue;
    llvm::Expected<UnitFacts> Unit = readFacts(Of.Files[I]);
    if (!Unit) {
      Report.Problems.push_back(llvm::toString(Unit.takeError()));
      continue;
    }
    Units.push_back(std::move(*Unit));
    Linked.push_back({&Units.back(), &Models.of(Units.back(), Report.Problems), Of.Programs[I]});
  }
  Limits Bounds;
  if (auto Most = Settings.find("MaxFunctionTime"); Most != Settings.end())
    Bounds.Time = parseDuration(Most->second).value_or(Bounds.Time);
  ResultCache Results = readResults(Kept);
  LinkResult Result = linkUnits(Linked, Bounds, &Results);
  if (Results.isChanged())
    // Without it the next run takes longer, and says the same.
    llvm::consumeError(writeFile(resultsIn(Kept.Written), Results.encode()));
  if (llvm::Error Error = writeFile(IndexFile, encodeIndex(Result.Index)))
    Report.Problems.push_back(llvm::toString(std::move(Error)));
  Report.Dump = std::move(Result.Models);
  Report.Stats.LinkSeconds = std::chrono::duration<double>(cpuTime() - Start).count();
  Report.Stats.Indexed = Result.Index.all().size();
  Report.Stats.Ambiguous = Result.Ambiguous;
  Report.Stats.Followed = Results.explored();
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

FactsOfSources provideFacts(const SourceList &All, unsigned Workers, const KeptDirectories &Kept,
                            ProblemList &Problems) {
  FactsOfSources Result;
  InputHashes Hashes(*All.Files);
  const std::string &Directory = Kept.Written;
  std::vector<std::string> Changed, ChangedFiles;
  for (const std::string &Source : All.Sources) {
    if (isFactsFile(Source)) {
      Result.Files.push_back(Source);
      continue;
    }
    auto IsKnown = [&](const std::string &File) {
      std::optional<FileReport> Known = reportOfFacts(Source, All, File, Hashes);
      if (Known)
        llvm::for_each(Known->Problems, [&](const std::string &Each) { Problems.add(Each); });
      return Known.has_value();
    };
    if (!Kept.Read.empty())
      if (std::string File = factsFileOf(Source, *All.Commands, Kept.Read); IsKnown(File)) {
        Result.Files.push_back(std::move(File));
        continue;
      }
    const std::string &File = Result.Files.emplace_back(factsFileOf(Source, *All.Commands, Directory));
    if (IsKnown(File))
      continue;
    // What is there is of no use to an index, also when the source cannot be parsed any more.
    std::ignore = llvm::sys::fs::remove(File);
    Changed.push_back(Source);
    ChangedFiles.push_back(File);
  }
  std::vector<JobResult> Jobs = runInProcesses(Changed.size(), Workers, "parsing", [&](std::size_t I) {
    return serialize(exportFacts(Changed[I], All, ChangedFiles[I]));
  });
  Result.Reports = readReports(Changed, Jobs, Problems);
  for (std::string &File : Result.Files)
    if (!llvm::sys::fs::exists(File))
      File.clear();
  return Result;
}

ResultCache readResults(const KeptDirectories &Kept) {
  ResultCache Results(identityOfProgram());
  for (const std::string &Directory : {Kept.Read, Kept.Written})
    if (!Directory.empty())
      if (auto Bytes = llvm::MemoryBuffer::getFile(resultsIn(Directory), /*IsText=*/false,
                                                   /*RequiresNullTerminator=*/false))
        llvm::consumeError(Results.decode((*Bytes)->getBuffer()));
  return Results;
}

FileReport writeIndex(const ProgramFacts &Of, llvm::vfs::FileSystem &Files, const CheckSettings &Settings,
                      const std::string &IndexFile, const KeptDirectories &Kept, ProblemList &Problems) {
  std::vector<JobResult> Job = runInProcesses(1, 1, "linking", [&](std::size_t) {
    return serialize(linkInto(Of, Files, Settings, IndexFile, Kept));
  });
  std::vector<FileReport> Reports = readReports({"the index"}, Job, Problems);
  return Reports.empty() ? FileReport() : std::move(Reports.front());
}

} // namespace connsan::tool
