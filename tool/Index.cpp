#include "CheckStats.h"
#include "CommandLine.h"
#include "Commands.h"
#include "ModelList.h"
#include "WholeProgram.h"

#include "model/Model.h"

#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"

namespace connsan::tool {
namespace {

namespace cl = llvm::cl;

struct IndexOptions {
  std::string BuildPath;
  std::vector<std::string> Sources;
  std::string IndexFile;
  std::string LinkCommands;
  CheckSettings Settings;
  unsigned Jobs = 1;
  bool Stats = false;
  bool Print = false;
  std::unique_ptr<clang::tooling::CompilationDatabase> FixedArguments;
};

std::optional<IndexOptions> parseIndexOptions(int argc, char **argv) {
  IndexOptions Options;
  CommandLine Line("connsan index", argc, argv);
  cl::OptionCategory &Category = Line.category();
  cl::opt<std::string> Output("o", cl::desc("Write the index to FILE (default: .connsan/index)"),
                              cl::value_desc("FILE"), cl::init(".connsan/index"), cl::cat(Category));
  cl::opt<bool> Stats("stats", cl::desc("Say how many functions are in the index, and what took how long"),
                      cl::cat(Category));
  cl::opt<bool> Print(
      "print",
      cl::desc(
          "Print the functions that acquire, release, begin or end transactions, or never return, as models"),
      cl::cat(Category));
  cl::extrahelp More(
      "\nWithout SOURCE, all of compile_commands.json is read. A SOURCE may be a file of facts.\n"
      "What was read is kept in FILE.units, and read again when it has changed.\n"
      "Exit status: 0 the index was written, 2 something could not be read, parsed or written.\n");
  if (!Line.parse("connsan index: find out what functions do, for connsan check of other files\n"))
    return std::nullopt;
  if (!Line.maxFunctionTime().empty())
    Options.Settings["MaxFunctionTime"] = Line.maxFunctionTime();
  Options.BuildPath = Line.buildPath();
  Options.Sources = Line.sources();
  Options.Jobs = Line.jobs();
  Options.IndexFile = Output;
  Options.LinkCommands = Line.linkCommands();
  Options.Stats = Stats;
  Options.Print = Print;
  Options.FixedArguments = Line.takeFixedArguments();
  return Options;
}

} // namespace

int indexMain(int argc, char **argv) {
  std::optional<IndexOptions> Options = parseIndexOptions(argc, argv);
  if (!Options)
    return 2;
  ProblemList Problems("connsan index");
  std::optional<SourceList> All =
      findSources(Options->BuildPath, Options->Sources, std::move(Options->FixedArguments), Problems);
  if (!All)
    return 2;
  const std::string Units = unitsBeside(Options->IndexFile);
  if (std::error_code Error = llvm::sys::fs::create_directories(Units)) {
    Problems.add(Units + ": " + Error.message());
    return 2;
  }
  builtinModels(); // read once, before there are many processes
  FactsOfSources Facts = provideFacts(*All, Options->Jobs, {Units}, Problems);
  CheckStats Stats;
  for (const FileReport &Report : Facts.Reports)
    Stats.add(Report.Stats);
  const ProgramNumbers Programs = programsOf(*All, Options->LinkCommands, Problems);
  const FileReport Linked = writeIndex({Facts.Files, Programs}, *All->Files, Options->Settings,
                                       Options->IndexFile, {Units}, Problems);
  Stats.add(Linked.Stats);
  if (Options->Print) {
    ModelList Models;
    Models.add(Linked.Dump);
    llvm::outs() << Models.text();
  }
  if (Options->Stats)
    writeIndexStats(llvm::errs(), Stats);
  return Problems.all().empty() ? 0 : 2;
}

} // namespace connsan::tool
