#include "DumpFile.h"

#include "analysis/Analyzer.h"
#include "analysis/ParsedProgram.h"
#include "model/Configuration.h"

#include "clang/Frontend/ASTUnit.h"
#include "clang/Tooling/CompilationDatabase.h"
#include "clang/Tooling/Tooling.h"

namespace connsan::tool {
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
    Report.Problems.push_back(Source + ": did not parse as a whole; what did is shown");
  for (const auto &Unit : Units) {
    Configuration Config = configurationFor(Source, *llvm::vfs::getRealFileSystem());
    if (!Config.Error.empty())
      Report.Problems.push_back(Config.Error);
    ParsedProgram Parsed(Unit->getASTContext());
    Analyzer Analysis(Parsed, Config.Models);
    Analysis.findings();
    Report.Dump += Stage == "facts"    ? Analysis.dumpFacts()
                   : Stage == "state"  ? Analysis.dumpStates()
                   : Stage == "models" ? Analysis.dumpModels()
                                       : Analysis.dumpSummaries();
  }
  return Report;
}

} // namespace connsan::tool
