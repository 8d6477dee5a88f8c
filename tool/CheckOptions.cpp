#include "CheckOptions.h"

#include "CommandLine.h"
#include "FactsFiles.h"

#include "clang/Tooling/CompilationDatabase.h"
#include "llvm/ADT/StringSwitch.h"
#include "llvm/Support/FileSystem.h"

namespace connsan::tool {
namespace cl = llvm::cl;

std::optional<CheckOptions> parseCheckOptions(int argc, char **argv) {
  CheckOptions Options;
  CommandLine Line("connsan check", argc, argv);
  cl::OptionCategory &Category = Line.category();
  cl::opt<std::string> Confidence("confidence",
                                  cl::desc("Report findings of this confidence and above (default: high)"),
                                  cl::value_desc("high|medium"), cl::cat(Category));
  cl::opt<std::string> As("format", cl::desc("How findings are written (default: text)"),
                          cl::value_desc("text|json|sarif|github|gitlab"), cl::cat(Category));
  cl::opt<std::string> Since("since",
                             cl::desc("Report only what was not there when the work tree parted from REV"),
                             cl::value_desc("REV"), cl::cat(Category));
  cl::opt<std::string> Baseline("baseline",
                                cl::desc("Do not report what this file of connsan baseline names"),
                                cl::value_desc("FILE"), cl::cat(Category));
  cl::opt<std::string> Fail("fail-on",
                            cl::desc("The confidence from which on a finding makes the exit status 1 "
                                     "(default: any that is reported)"),
                            cl::value_desc("high|medium|never"), cl::cat(Category));
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
  cl::opt<std::string> DepFile("depfile",
                               cl::desc("With --export-facts: write the files that were read, as a rule "
                                        "for make and Ninja"),
                               cl::value_desc("FILE"), cl::cat(Category));
  cl::opt<std::string> Index(
      "index",
      cl::desc("What other files do, as connsan index wrote it (default: .connsan/index above the "
               "source; of a whole compilation database it is found out)"),
      cl::value_desc("FILE"), cl::cat(Category));
  cl::opt<bool> NoIndex("no-index", cl::desc("Look at each file by itself"), cl::cat(Category));
  cl::opt<bool> Stats("stats", cl::desc("Say what was analysed, what was given up, and what took how long"),
                      cl::cat(Category));
  cl::opt<std::string> Dump("dump", cl::desc("Print what a stage of the analysis holds, and no findings"),
                            cl::value_desc("facts|state|summaries|models"), cl::cat(Category));
  cl::extrahelp More("\nWithout SOURCE, all of compile_commands.json is checked.\n"
                     "Exit status: 0 no finding, 1 findings, 2 something could not be read or parsed.\n");

  if (!Line.parse("connsan check: find connection leaks in source code\n"))
    return std::nullopt;
  if (Confidence.getNumOccurrences()) {
    if (Confidence != "high" && Confidence != "medium")
      return Line.fail("unknown confidence '" + Confidence + "'; expected high or medium");
    Options.Settings["Confidence"] = Confidence;
  }
  if (!Line.maxFunctionTime().empty())
    Options.Settings["MaxFunctionTime"] = Line.maxFunctionTime();
  if (Dump.getNumOccurrences() && Dump != "facts" && Dump != "state" && Dump != "summaries" &&
      Dump != "models")
    return Line.fail("unknown stage '" + Dump + "'; expected facts, state, summaries or models");
  Options.Dump = Dump;
  if (As.getNumOccurrences()) {
    auto Known = llvm::StringSwitch<std::optional<Format>>(As.getValue())
                     .Case("text", Format::Text)
                     .Case("json", Format::Json)
                     .Case("sarif", Format::Sarif)
                     .Case("github", Format::Github)
                     .Case("gitlab", Format::Gitlab)
                     .Default(std::nullopt);
    if (!Known)
      return Line.fail("unknown format '" + As + "'; expected text, json, sarif, github or gitlab");
    Options.Format = *Known;
  }
  if (Fail.getNumOccurrences()) {
    auto Known = llvm::StringSwitch<std::optional<FailOn>>(Fail.getValue())
                     .Case("high", FailOn::High)
                     .Case("medium", FailOn::Medium)
                     .Case("never", FailOn::Never)
                     .Default(std::nullopt);
    if (!Known)
      return Line.fail("unknown confidence '" + Fail + "'; expected high, medium or never");
    Options.Least = *Known;
  }
  Options.Since = Since;
  if (Since.getNumOccurrences() && (Since.empty() || llvm::any_of(Line.sources(), isFactsFile)))
    return Line.fail("--since expects a revision, and sources that are not files of facts");
  Options.BaselineFile = Baseline;
  Options.UsesIndex = !NoIndex;
  if (Index.getNumOccurrences() && NoIndex)
    return Line.fail("--index and --no-index exclude each other");
  if (Index.getNumOccurrences() || NoIndex) {
    // Who parses works in the directory of the compiler.
    llvm::SmallString<256> File(NoIndex ? "" : Index.getValue());
    if (!File.empty() && llvm::sys::fs::make_absolute(File))
      File = Index.getValue();
    Options.Settings["Index"] = File.str().str();
  }
  Options.Stats = Stats;
  if ((Options.Format != Format::Text || Options.Stats || !Options.Since.empty() ||
       !Options.BaselineFile.empty()) &&
      !Options.Dump.empty())
    return Line.fail(
        "--dump looks for no findings, so it takes neither --format, --since, --baseline nor --stats");
  Options.FixedArguments = Line.takeFixedArguments();
  Options.BuildPath = Line.buildPath();
  Options.Sources = Line.sources();
  Options.Jobs = Line.jobs();
  Options.LinkCommands = Line.linkCommands();
  if (!Options.LinkCommands.empty() && !Options.Sources.empty())
    return Line.fail("--link-commands goes with a whole compilation database, not with SOURCE");
  Options.OutputFile = Output;
  Options.ExportFixes = ExportFixes;
  Options.ExportFacts = ExportFacts;
  if (ExportFacts.getNumOccurrences()) {
    if (Options.Sources.size() != 1 || isFactsFile(Options.Sources.front()))
      return Line.fail("--export-facts expects one source to parse");
    if (!llvm::StringRef(ExportFacts).ends_with(FactsFileEnding))
      return Line.fail("--export-facts expects a name that ends in " + FactsFileEnding + ", not '" +
                       ExportFacts + "'");
    if (!Options.Dump.empty())
      return Line.fail("--export-facts and --dump exclude each other");
  }
  Options.DepFile = DepFile;
  if (DepFile.getNumOccurrences() && !ExportFacts.getNumOccurrences())
    return Line.fail("--depfile goes with --export-facts");
  return Options;
}

} // namespace connsan::tool
