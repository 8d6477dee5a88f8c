#include "DumpFile.h"

#include "analysis/Analyzer.h"
#include "model/Configuration.h"

#include "clang/Frontend/ASTUnit.h"
#include "clang/Tooling/CompilationDatabase.h"
#include "clang/Tooling/Tooling.h"

namespace connsan::tool {
std::string dumpFile(const std::string &Source, const clang::tooling::CompilationDatabase &Commands,
                     const std::string &Stage) {
  clang::tooling::ClangTool Tool(Commands, {Source});
  clang::IgnoringDiagConsumer Quiet;
  Tool.setDiagnosticConsumer(&Quiet);
  Tool.setPrintErrorMessage(false);
  std::vector<std::unique_ptr<clang::ASTUnit>> Units;
  Tool.buildASTs(Units);
  std::string Text;
  for (const auto &Unit : Units) {
    Configuration Config = configurationFor(Source, *llvm::vfs::getRealFileSystem());
    Analyzer Analysis(Unit->getASTContext(), Config.Models);
    Analysis.findings();
    Text += Stage == "facts"   ? Analysis.dumpFacts()
            : Stage == "state" ? Analysis.dumpStates()
                               : Analysis.dumpSummaries();
  }
  return Text;
}

} // namespace connsan::tool
