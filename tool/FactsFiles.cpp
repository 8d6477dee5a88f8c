#include "FactsFiles.h"

#include "DumpFile.h"

#include "llvm/Support/FileOutputBuffer.h"
#include "llvm/Support/MemoryBuffer.h"

namespace connsan::tool {

bool isFactsFile(llvm::StringRef File) {
  return File.ends_with(FactsFileEnding);
}

static FileReport trouble(const std::string &What) {
  FileReport Report;
  Report.Problems.push_back(What);
  return Report;
}

static FileReport trouble(const std::string &File, llvm::Error Why) {
  return trouble(File + ": " + llvm::toString(std::move(Why)));
}

FileReport exportFacts(const std::string &Source, const clang::tooling::CompilationDatabase &Commands,
                       const std::string &File) {
  llvm::Expected<UnitFacts> Unit = factsOfFile(Source, Commands);
  if (!Unit)
    return trouble(llvm::toString(Unit.takeError()));
  FileReport Report;
  if (!Unit->ParseProblem.empty())
    Report.Problems.push_back(Unit->ParseProblem);
  std::string Bytes = encodeFacts(std::move(*Unit));
  auto Output = llvm::FileOutputBuffer::create(File, Bytes.size());
  if (!Output)
    return trouble(File, Output.takeError());
  llvm::copy(Bytes, (*Output)->getBufferStart());
  if (llvm::Error Error = (*Output)->commit())
    return trouble(File, std::move(Error));
  return Report;
}

/// Reads the file and lets `Use` make a report of it.
static FileReport read(const std::string &File, llvm::function_ref<FileReport(const UnitFacts &)> Use) {
  auto Bytes = llvm::MemoryBuffer::getFile(File, /*IsText=*/false, /*RequiresNullTerminator=*/false);
  if (!Bytes)
    return trouble(File, llvm::errorCodeToError(Bytes.getError()));
  llvm::Expected<UnitFacts> Unit = decodeFacts((*Bytes)->getBuffer());
  if (!Unit)
    return trouble(File, Unit.takeError());
  return Use(*Unit);
}

FileReport checkFactsFile(const std::string &File, const CheckSettings &Settings) {
  return read(File, [&](const UnitFacts &Unit) {
    llvm::Expected<FileReport> Report = checkFacts(Unit, Settings);
    return Report ? *Report : trouble(File, Report.takeError());
  });
}

FileReport dumpFactsFile(const std::string &File, const std::string &Stage) {
  return read(File, [&](const UnitFacts &Unit) { return dumpFacts(Unit, Stage); });
}

} // namespace connsan::tool
