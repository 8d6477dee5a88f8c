#include "FactsFiles.h"

#include "DumpFile.h"

#include "clang/Frontend/DependencyOutputOptions.h"
#include "clang/Frontend/Utils.h"

#include "llvm/Support/FileOutputBuffer.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/xxhash.h"

#include <tuple>

namespace connsan::tool {

bool isFactsFile(llvm::StringRef File) {
  return File.ends_with(FactsFileEnding);
}

static FileReport trouble(const std::string &What) {
  FileReport Report;
  Report.Problems.push_back(What);
  return Report;
}

llvm::Error writeFile(const std::string &File, llvm::StringRef Bytes) {
  if (auto Before = llvm::MemoryBuffer::getFile(File, /*IsText=*/false, /*RequiresNullTerminator=*/false))
    if ((*Before)->getBuffer() == Bytes)
      return llvm::Error::success();
  auto Output = llvm::FileOutputBuffer::create(File, Bytes.size());
  llvm::Error Error = Output.takeError();
  if (!Error) {
    llvm::copy(Bytes, (*Output)->getBufferStart());
    Error = (*Output)->commit();
  }
  return Error ? llvm::createStringError(File + ": " + llvm::toString(std::move(Error)))
               : llvm::Error::success();
}

/// A relative directory is one from where they are read.
static void settle(UnitInputs &From) {
  llvm::SmallString<256> Directory(From.Directory);
  if (!llvm::sys::fs::make_absolute(Directory)) {
    llvm::sys::path::remove_dots(Directory);
    From.Directory = Directory.str().str();
  }
}

static UnitInputs &inputsOf(UnitFacts &Unit) {
  return Unit.From;
}
static UnitInputs &inputsOf(UnitInputs &From) {
  return From;
}

/// All of a file, or a part of it.
template<class T>
static llvm::Expected<T> readWith(llvm::Expected<T> (*Decode)(llvm::StringRef), const std::string &File) {
  auto Bytes = llvm::MemoryBuffer::getFile(File, /*IsText=*/false, /*RequiresNullTerminator=*/false);
  if (!Bytes)
    return llvm::createStringError(File + ": " + Bytes.getError().message());
  llvm::Expected<T> Read = Decode((*Bytes)->getBuffer());
  if (!Read)
    return llvm::createStringError(File + ": " + llvm::toString(Read.takeError()));
  settle(inputsOf(*Read));
  return Read;
}

llvm::Expected<UnitFacts> readFacts(const std::string &File) {
  return readWith(decodeFacts, File);
}

FileReport exportFacts(const std::string &Source, const SourceList &Of, const std::string &File) {
  FileReport Report;
  llvm::Expected<UnitFacts> Unit = factsOfFile(Source, Of, Report.Stats);
  if (!Unit)
    return trouble(llvm::toString(Unit.takeError()));
  if (!Unit->From.ParseProblem.empty())
    Report.Problems.push_back(Unit->From.ParseProblem);
  if (llvm::Error Error = writeFile(File, encodeFacts(std::move(*Unit))))
    return trouble(llvm::toString(std::move(Error)));
  return Report;
}

std::optional<std::uint64_t> InputHashes::of(llvm::StringRef File) {
  auto [Known, IsNew] = ByName.try_emplace(File);
  if (IsNew)
    if (auto Text = Files->getBufferForFile(File, /*FileSize=*/-1, /*RequiresNullTerminator=*/false))
      Known->second = llvm::xxh3_64bits((*Text)->getBuffer());
  return Known->second;
}

std::optional<FileReport> reportOfFacts(const std::string &Source, const SourceList &Of,
                                        const std::string &File, InputHashes &Hashes) {
  llvm::Expected<UnitInputs> From = readWith(decodeInputs, File);
  const bool IsSame = From && From->Arguments == argumentsHash(Source, *Of.Commands) &&
                      llvm::all_of(From->Files, [&](const InputFile &Input) {
                        llvm::SmallString<256> Path(Input.Name);
                        llvm::sys::path::make_absolute(From->Directory, Path);
                        return Hashes.of(Path) == Input.Hash;
                      });
  if (!IsSame) {
    llvm::consumeError(From.takeError());
    return std::nullopt;
  }
  FileReport Report;
  if (!From->ParseProblem.empty())
    Report.Problems.push_back(From->ParseProblem);
  return Report;
}

namespace {

/// Gives what clang writes for -MD.
class MakeRule : public clang::DependencyFileGenerator {
public:
  explicit MakeRule(const std::string &Target) : DependencyFileGenerator(optionsFor(Target)) {}
  std::string text() {
    std::string Text;
    llvm::raw_string_ostream Out(Text);
    outputDependencyFile(Out);
    return Text;
  }

private:
  static clang::DependencyOutputOptions optionsFor(const std::string &Target) {
    clang::DependencyOutputOptions Options;
    Options.Targets = {Target};
    Options.IncludeSystemHeaders = true;
    Options.UsePhonyTargets = true; // a header that is gone is no mistake
    return Options;
  }
};

} // namespace

static llvm::Error writeDepFile(const std::string &DepFile, const std::string &FactsFile) {
  llvm::Expected<UnitInputs> From = readWith(decodeInputs, FactsFile);
  if (!From)
    return From.takeError();
  MakeRule Rule(FactsFile);
  for (const InputFile &Input : From->Files) {
    llvm::SmallString<256> Path(Input.Name);
    llvm::sys::path::make_absolute(From->Directory, Path);
    Rule.maybeAddDependency(Path, /*FromModule=*/false, /*IsSystem=*/false, /*IsModuleFile=*/false,
                            /*IsMissing=*/false);
  }
  return writeFile(DepFile, Rule.text());
}

FileReport exportFacts(const std::string &Source, const SourceList &Of, const std::string &File,
                       const std::string &DepFile) {
  InputHashes Hashes(*Of.Files);
  std::optional<FileReport> Known = reportOfFacts(Source, Of, File, Hashes);
  FileReport Report = Known ? std::move(*Known) : exportFacts(Source, Of, File);
  if (!DepFile.empty() && llvm::sys::fs::exists(File))
    if (llvm::Error Error = writeDepFile(DepFile, File))
      Report.Problems.push_back(llvm::toString(std::move(Error)));
  return Report;
}

/// Reads the file and lets `Use` make a report of it.
static FileReport read(const std::string &File, llvm::function_ref<FileReport(const UnitFacts &)> Use) {
  llvm::Expected<UnitFacts> Unit = readFacts(File);
  return Unit ? Use(*Unit) : trouble(llvm::toString(Unit.takeError()));
}

FileReport checkFactsFile(const std::string &File, const SourceList &Of, const CheckSettings &Settings,
                          ResultCache *Results) {
  return read(File, [&](const UnitFacts &Unit) {
    llvm::Expected<FileReport> Report = checkFacts(Unit, Of.Files, Settings, Results);
    return Report ? *Report : trouble(File + ": " + llvm::toString(Report.takeError()));
  });
}

FileReport dumpFactsFile(const std::string &File, const std::string &Stage) {
  return read(File, [&](const UnitFacts &Unit) { return dumpFacts(Unit, Stage); });
}

} // namespace connsan::tool
