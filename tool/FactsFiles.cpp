#include "FactsFiles.h"

#include "DumpFile.h"

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
  auto Output = llvm::FileOutputBuffer::create(File, Bytes.size());
  llvm::Error Error = Output.takeError();
  if (!Error) {
    llvm::copy(Bytes, (*Output)->getBufferStart());
    Error = (*Output)->commit();
  }
  return Error ? llvm::createStringError(File + ": " + llvm::toString(std::move(Error)))
               : llvm::Error::success();
}

llvm::Expected<UnitFacts> readFacts(const std::string &File) {
  auto Bytes = llvm::MemoryBuffer::getFile(File, /*IsText=*/false, /*RequiresNullTerminator=*/false);
  if (!Bytes)
    return llvm::createStringError(File + ": " + Bytes.getError().message());
  llvm::Expected<UnitFacts> Unit = decodeFacts((*Bytes)->getBuffer());
  if (!Unit)
    return llvm::createStringError(File + ": " + llvm::toString(Unit.takeError()));
  return Unit;
}

FileReport exportFacts(const std::string &Source, const clang::tooling::CompilationDatabase &Commands,
                       const std::string &File) {
  FileReport Report;
  llvm::Expected<UnitFacts> Unit = factsOfFile(Source, Commands, Report.Stats);
  if (!Unit)
    return trouble(llvm::toString(Unit.takeError()));
  if (!Unit->ParseProblem.empty())
    Report.Problems.push_back(Unit->ParseProblem);
  if (llvm::Error Error = writeFile(File, encodeFacts(std::move(*Unit))))
    return trouble(llvm::toString(std::move(Error)));
  return Report;
}

/// Whether all that was read to make the facts still has the same contents.
static bool areInputsSame(const UnitFacts &Unit) {
  return llvm::all_of(Unit.Inputs, [&](const InputFile &Input) {
    llvm::SmallString<256> Path(Input.Name);
    llvm::sys::path::make_absolute(Unit.Directory, Path);
    auto Text = llvm::MemoryBuffer::getFile(Path, /*IsText=*/false, /*RequiresNullTerminator=*/false);
    return Text && llvm::xxh3_64bits((*Text)->getBuffer()) == Input.Hash;
  });
}

FileReport updateFacts(const std::string &Source, const clang::tooling::CompilationDatabase &Commands,
                       const std::string &File) {
  if (!llvm::sys::fs::exists(File))
    return exportFacts(Source, Commands, File);
  llvm::Expected<UnitFacts> Known = readFacts(File);
  const bool IsSame = Known && Known->Arguments == argumentsHash(Source, Commands) && areInputsSame(*Known);
  llvm::consumeError(Known.takeError());
  if (!IsSame) {
    // What was there is of no use, also when the source cannot be parsed any more.
    std::ignore = llvm::sys::fs::remove(File);
    return exportFacts(Source, Commands, File);
  }
  FileReport Report;
  if (!Known->ParseProblem.empty())
    Report.Problems.push_back(Known->ParseProblem);
  return Report;
}

/// Reads the file and lets `Use` make a report of it.
static FileReport read(const std::string &File, llvm::function_ref<FileReport(const UnitFacts &)> Use) {
  llvm::Expected<UnitFacts> Unit = readFacts(File);
  return Unit ? Use(*Unit) : trouble(llvm::toString(Unit.takeError()));
}

FileReport checkFactsFile(const std::string &File, const CheckSettings &Settings, ResultCache *Results) {
  return read(File, [&](const UnitFacts &Unit) {
    llvm::Expected<FileReport> Report = checkFacts(Unit, Settings, Results);
    return Report ? *Report : trouble(File + ": " + llvm::toString(Report.takeError()));
  });
}

FileReport dumpFactsFile(const std::string &File, const std::string &Stage) {
  return read(File, [&](const UnitFacts &Unit) { return dumpFacts(Unit, Stage); });
}

} // namespace connsan::tool
