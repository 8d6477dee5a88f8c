#include "CheckStats.h"
#include "Commands.h"
#include "IndexOptions.h"
#include "ModelList.h"
#include "WholeProgram.h"

#include "model/Model.h"

#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"

namespace connsan::tool {

int indexMain(int argc, char **argv) {
  IndexCommandLine Line;
  if (std::optional<int> Done = Line.read(argc, argv))
    return *Done;
  const IndexOptions &Options = Line.Options;
  ProblemList Problems("connsan index");
  std::optional<SourceList> All = findSources(Options, Problems);
  if (!All)
    return 2;
  const std::string Units = unitsBeside(Options.IndexFile);
  if (std::error_code Error = llvm::sys::fs::create_directories(Units)) {
    Problems.add(Units + ": " + Error.message());
    return 2;
  }
  builtinModels(); // read once, before there are many processes
  FactsOfSources Facts = provideFacts(*All, Options.Jobs, {Units}, Problems);
  CheckStats Stats;
  for (const FileReport &Report : Facts.Reports)
    Stats.add(Report.Stats);
  const ProgramNumbers Programs = programsOf(*All, Options.LinkCommands, Problems);
  const FileReport Linked = writeIndex({Facts.Files, Programs}, *All->Files, Options.Settings,
                                       Options.IndexFile, {Units}, Problems);
  Stats.add(Linked.Stats);
  if (Options.Print) {
    ModelList Models;
    Models.add(Linked.Dump);
    llvm::outs() << Models.text();
  }
  if (Options.Stats)
    writeIndexStats(llvm::errs(), Stats);
  return Problems.all().empty() ? 0 : 2;
}

} // namespace connsan::tool
