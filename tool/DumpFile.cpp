#include "DumpFile.h"

#include "analysis/Analyzer.h"
#include "analysis/ParsedProgram.h"
#include "analysis/StoredProgram.h"
#include "model/Configuration.h"

#include "clang/Frontend/ASTUnit.h"
#include "clang/Tooling/CompilationDatabase.h"
#include "clang/Tooling/Tooling.h"
#include "llvm/Support/Path.h"

namespace connsan::tool {

static void dump(Program &Unit, const std::string &Source, const std::string &Stage, FileReport &Into) {
  Configuration Config = configurationFor(Source, *llvm::vfs::getRealFileSystem());
  if (!Config.Error.empty())
    Into.Problems.push_back(Config.Error);
  Analyzer Analysis(Unit, Config.Models);
  Analysis.findings();
  Into.Dump += Stage == "facts"    ? Analysis.dumpFacts()
               : Stage == "state"  ? Analysis.dumpStates()
               : Stage == "models" ? Analysis.dumpModels()
                                   : Analysis.dumpSummaries();
}

static std::string parseProblem(const std::string &Source) {
  return Source + ": did not parse as a whole; what did is shown";
}

FileReport dumpFile(const std::string &Source, const clang::tooling::CompilationDatabase &Commands,
                    const std::string &Stage) {
  clang::tooling::ClangTool Tool(Commands, {Source});
  clang::DiagnosticConsumer Counter;
  Tool.setDiagnosticConsumer(&Counter);
  Tool.setPrintErrorMessage(false);
  std::vector<std::unique_ptr<clang::ASTUnit>> Units;
  Tool.buildASTs(Units);
  FileReport Report;
  if (Counter.getNumErrors() != 0)
    Report.Problems.push_back(parseProblem(Source));
  for (const auto &Unit : Units) {
    ParsedProgram Parsed(Unit->getASTContext());
    dump(Parsed, Source, Stage, Report);
  }
  return Report;
}

FileReport dumpFacts(const UnitFacts &Unit, const std::string &Stage) {
  llvm::SmallString<256> Source(Unit.Stretches[Unit.MainFile].File);
  llvm::sys::path::make_absolute(Unit.From.Directory, Source);
  FileReport Report;
  if (!Unit.From.ParseProblem.empty())
    Report.Problems.push_back(parseProblem(Source.str().str()));
  StoredProgram Stored(Unit);
  dump(Stored, Source.str().str(), Stage, Report);
  return Report;
}

} // namespace connsan::tool
