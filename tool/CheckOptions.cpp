#include "CheckOptions.h"

#include "Duration.h"
#include "FactsFiles.h"

#include <connsan/Version.h>

#include "clang/Tooling/CompilationDatabase.h"
#include "llvm/Support/CommandLine.h"
#include "llvm/Support/raw_ostream.h"

#include <thread>

namespace connsan::tool {
namespace {

namespace cl = llvm::cl;

std::nullopt_t fail(const llvm::Twine &Message) {
  llvm::errs() << "connsan check: " << Message << '\n';
  return std::nullopt;
}

} // namespace

std::optional<CheckOptions> parseCheckOptions(int argc, char **argv) {
  CheckOptions Options;
  std::vector<const char *> Arguments(argv, argv + argc);
  auto Separator = std::find(Arguments.begin(), Arguments.end(), llvm::StringRef("--"));
  if (Separator != Arguments.end()) {
    Options.FixedArguments = std::make_unique<clang::tooling::FixedCompilationDatabase>(
        ".", std::vector<std::string>(Separator + 1, Arguments.end()));
    Arguments.erase(Separator, Arguments.end());
  }

  // The libraries that are linked in have registered thousands of options of their own.
  cl::ResetCommandLineParser();
  // LLVM registers its own --stats when it first parses.
  cl::ParseCommandLineOptions(1, argv);
  cl::getRegisteredOptions().lookup("stats")->removeArgument();
  cl::OptionCategory Category("options");
  cl::opt<std::string> BuildPath(
      "p", cl::desc("Directory of compile_commands.json (default: found from the sources)"),
      cl::value_desc("BUILD"), cl::cat(Category));
  cl::list<std::string> Sources(cl::Positional, cl::desc("[SOURCE...] [-- COMPILER-ARGS...]"),
                                cl::cat(Category));
  cl::opt<std::string> Confidence("confidence",
                                  cl::desc("Report findings of this confidence and above (default: high)"),
                                  cl::value_desc("high|medium"), cl::cat(Category));
  cl::opt<std::string> Format("format", cl::desc("How findings are written (default: text)"),
                              cl::value_desc("text|json"), cl::cat(Category));
  cl::opt<std::string> Output("o", cl::desc("Write the findings to FILE"), cl::value_desc("FILE"),
                              cl::cat(Category));
  cl::opt<std::string> ExportFixes("export-fixes",
                                   cl::desc("Write findings and fixes as YAML for clang-apply-replacements"),
                                   cl::value_desc("FILE"), cl::cat(Category));
  cl::opt<std::string> ExportFacts(
      "export-facts",
      cl::desc("Write what the analysis needs of one SOURCE, and check nothing; a "
               "SOURCE that ends in .facts is read in its place"),
      cl::value_desc("FILE"), cl::cat(Category));
  cl::opt<std::string> Jobs("j", cl::desc("Check N files at a time (default: one for each processor)"),
                            cl::value_desc("N"), cl::cat(Category), cl::Prefix);
  cl::opt<std::string> MaxFunctionTime(
      "max-function-time", cl::desc("Give a function up that takes more CPU time than this (default: 10s)"),
      cl::value_desc("TIME"), cl::cat(Category));
  cl::opt<bool> Stats("stats", cl::desc("Say what was analysed, what was given up, and what took how long"),
                      cl::cat(Category));
  cl::opt<std::string> Dump("dump", cl::desc("Print what a stage of the analysis holds, and no findings"),
                            cl::value_desc("facts|state|summaries|models"), cl::cat(Category));
  cl::extrahelp More("\nWithout SOURCE, all of compile_commands.json is checked.\n"
                     "Exit status: 0 no finding, 1 findings, 2 something could not be read or parsed.\n");

  cl::SetVersionPrinter([](llvm::raw_ostream &Out) { Out << "connsan " CONNSAN_VERSION "\n"; });
  Arguments[0] = "connsan check";
  std::string Complaint;
  llvm::raw_string_ostream Stream(Complaint);
  if (!cl::ParseCommandLineOptions(Arguments.size(), Arguments.data(),
                                   "connsan check: find connection leaks in source code\n", &Stream)) {
    llvm::StringRef Line = llvm::StringRef(Complaint).split('\n').first;
    Line.consume_front("connsan check: ");
    if (Line.empty()) // LLVM has said it
      return std::nullopt;
    return fail(Line);
  }
  if (Confidence.getNumOccurrences()) {
    if (Confidence != "high" && Confidence != "medium")
      return fail("unknown confidence '" + Confidence + "'; expected high or medium");
    Options.Settings["Confidence"] = Confidence;
  }
  if (MaxFunctionTime.getNumOccurrences()) {
    if (!parseDuration(MaxFunctionTime))
      return fail("--max-function-time expects a duration such as 500ms or 10s, not '" + MaxFunctionTime +
                  "'");
    Options.Settings["MaxFunctionTime"] = MaxFunctionTime;
  }
  if (Dump.getNumOccurrences() && Dump != "facts" && Dump != "state" && Dump != "summaries" &&
      Dump != "models")
    return fail("unknown stage '" + Dump + "'; expected facts, state, summaries or models");
  Options.Dump = Dump;
  if (Format.getNumOccurrences() && Format != "text" && Format != "json")
    return fail("unknown format '" + Format + "'; expected text or json");
  Options.Json = Format == "json";
  Options.Stats = Stats;
  if ((Options.Json || Options.Stats) && !Options.Dump.empty())
    return fail("--dump looks for no findings, so it takes neither --format=json nor --stats");
  Options.Jobs = std::max(1U, std::thread::hardware_concurrency());
  if (Jobs.getNumOccurrences() && (llvm::StringRef(Jobs).getAsInteger(10, Options.Jobs) || Options.Jobs == 0))
    return fail("-j expects a number from 1, not '" + Jobs + "'");
  Options.BuildPath = BuildPath;
  Options.Sources = Sources;
  Options.OutputFile = Output;
  Options.ExportFixes = ExportFixes;
  Options.ExportFacts = ExportFacts;
  if (ExportFacts.getNumOccurrences()) {
    if (Sources.size() != 1 || isFactsFile(Sources.front()))
      return fail("--export-facts expects one source to parse");
    if (!llvm::StringRef(ExportFacts).ends_with(FactsFileEnding))
      return fail("--export-facts expects a name that ends in " + FactsFileEnding + ", not '" + ExportFacts +
                  "'");
    if (!Options.Dump.empty())
      return fail("--export-facts and --dump exclude each other");
  }
  return Options;
}

} // namespace connsan::tool
