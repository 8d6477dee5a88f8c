#include "BaselineFile.h"
#include "BaselineOptions.h"
#include "Commands.h"
#include "FactsFiles.h"
#include "MergedFindings.h"
#include "SourceChecker.h"

#include "model/Model.h"

namespace connsan::tool {

int baselineMain(int argc, char **argv) {
  BaselineCommandLine Line;
  if (std::optional<int> Done = Line.read(argc, argv))
    return *Done;
  ProblemList Problems("connsan baseline");
  std::optional<SourceList> All = findSources(Line.Options, Problems);
  if (!All)
    return 2;
  builtinModels(); // read once, before there are many processes
  const std::vector<CheckedFinding> Findings = mergeFindings(SourceChecker(Line.Options).run(*All, Problems));
  if (llvm::Error Error = writeFile(Line.File, encodeBaseline(Findings)))
    Problems.add(llvm::toString(std::move(Error)));
  return Problems.all().empty() ? 0 : 2;
}

} // namespace connsan::tool
