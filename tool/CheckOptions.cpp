#include "CheckOptions.h"

#include <algorithm>
#include <filesystem>

namespace connsan::tool {
namespace {

/// For an option that takes a format and the name of a file.
CLI::Validator isExport() {
  auto Check = [](const std::string &Given) {
    static const std::vector<std::string> Formats = {"json", "sarif", "github", "gitlab"};
    const bool IsFormat = std::ranges::count(Formats, Given.substr(0, Given.find(':'))) > 0;
    return IsFormat && Given.find(':') < Given.size() - 1
               ? std::string()
               : "expected FORMAT:FILE, of json, sarif, github or gitlab, not '" + Given + "'";
  };
  return {Check, ""};
}

} // namespace

void addAnalysisOptions(CommandLine &Line, CheckOptions &To) {
  addSourceOptions(Line, To);
  Line.addChoice("--confidence", To.Confidence, {"high", "medium"},
                 "Report findings of this confidence and above (default: high)");
  auto *Index =
      Line.add_option("--index", To.IndexFile,
                      "What other files do, as connsan index wrote it (default: .connsan/index above the "
                      "source; of a whole compilation database it is found out)")
          ->type_name("FILE");
  Line.add_flag("--no-index", To.NoIndex, "Look at each file by itself")->excludes(Index);
}

void settleAnalysisOptions(CheckOptions &Options) {
  if (!Options.Confidence.empty())
    Options.Settings["Confidence"] = Options.Confidence;
  if (Options.NoIndex)
    Options.Settings["Index"] = "";
  if (!Options.IndexFile.empty()) {
    // Who parses works in the directory of the compiler.
    std::error_code Error;
    const std::filesystem::path File = std::filesystem::absolute(Options.IndexFile, Error);
    Options.Settings["Index"] = Error ? Options.IndexFile : File.string();
  }
}

CheckCommandLine::CheckCommandLine()
    : CommandLine("connsan check", "Finds connection leaks in source code.",
                  "[SOURCE...] [-- COMPILER-ARGS...]") {
  addAnalysisOptions(*this, Options);
  add_option("--since", Options.Since, "Report only what was not there when the work tree parted from REV")
      ->type_name("REV")
      ->check(isNotEmpty());
  add_flag("--staged", Options.Staged,
           "Read files as they are staged for the next commit, not as they are in the work tree");
  add_option("--baseline", Options.BaselineFile, "Leave out what is in FILE, as connsan baseline wrote it")
      ->type_name("FILE")
      ->check(isNotEmpty());
  addChoice("--fail-on", Options.FailOn, {"high", "medium", "never"},
            "The confidence from which on a finding makes the exit status 1 (default: any that is reported)");
  addChoice("--format", Options.Format, {"text", "json", "sarif", "github", "gitlab"},
            "How findings are written (default: text)");
  add_option("-o", Options.OutputFile, "Write the findings to FILE")->type_name("FILE");
  add_option("--export", Options.Exports,
             "Write the findings to FILE as well, those that --since leaves out included, as json, sarif, "
             "github or gitlab; may be given several times")
      ->type_name("FORMAT:FILE")
      ->check(isExport())
      ->allow_extra_args(false);
  add_option("--export-fixes", Options.ExportFixes,
             "Write findings and fixes as YAML for clang-apply-replacements")
      ->type_name("FILE");
  auto *ExportFacts =
      add_option("--export-facts", Options.ExportFacts,
                 "Write what the analysis needs of one SOURCE, and check nothing; a SOURCE that ends in "
                 ".facts is read in its place")
          ->type_name("FILE");
  add_option("--depfile", Options.DepFile,
             "With --export-facts: write the files that were read, as a rule for make and Ninja")
      ->type_name("FILE")
      ->needs(ExportFacts);
  add_flag("--stats", Options.Stats, "Say what was analysed, what was given up, and what took how long");
  addChoice("--dump", Options.Dump, {"facts", "state", "summaries", "models"},
            "Print what a stage of the analysis holds, and no findings")
      ->excludes(ExportFacts);
  addSection(
      "Exit status",
      {{"0", "No finding"},
       {"1", "Findings"},
       {"2", "Something could not be read or parsed: said in one line each, and the rest is checked"}});
  addSection("Files",
             {{"compile_commands.json", "How the sources are compiled"},
              {".connsan.yaml",
               "What your functions do with connections, beside the sources or in a directory above"},
              {".connsan/index", "What connsan index wrote, in a directory above the sources"},
              {".clang-tidy", "Options of the checks, which those of the command line go before"}});
  addSection("Examples", {{"connsan check -p build",
                           "All of build/compile_commands.json, each file with what the others do"},
                          {"connsan check file.c -- -I/usr/include/postgresql", "One file, compiled so"}});
}

std::optional<int> CheckCommandLine::read(int argc, char **argv) {
  if (std::optional<int> Done = CommandLine::read(takeCompilerArguments(argc, argv, Options)))
    return Done;
  if (std::string Mistake = mistake(); !Mistake.empty())
    return fail(Mistake);
  settleAnalysisOptions(Options);
  return std::nullopt;
}

std::string CheckCommandLine::mistake() const {
  const std::string Ending = ".facts";
  auto IsFacts = [&](const std::string &Source) { return Source.ends_with(Ending); };
  const bool HasFacts = std::ranges::any_of(Options.Sources, IsFacts);
  const bool IsAboutFindings = Options.Format != "text" || Options.Stats || !Options.Since.empty() ||
                               !Options.BaselineFile.empty() || !Options.Exports.empty();
  if (!Options.Dump.empty() && IsAboutFindings)
    return "--dump looks for no findings, so it takes neither --format, --export, --since, --baseline nor "
           "--stats";
  if (!Options.Since.empty() && HasFacts)
    return "--since expects sources, not files of facts";
  if (Options.Staged && HasFacts)
    return "--staged expects sources, not files of facts";
  if (Options.Staged && !(Options.Dump.empty() && Options.ExportFixes.empty() && Options.ExportFacts.empty()))
    return "--staged goes with neither --dump, --export-fixes nor --export-facts";
  if (!Options.LinkCommands.empty() && !Options.Sources.empty())
    return "--link-commands goes with a whole compilation database, not with SOURCE";
  if (Options.ExportFacts.empty())
    return "";
  if (Options.Sources.size() != 1 || IsFacts(Options.Sources.front()))
    return "--export-facts expects one source to parse";
  if (!Options.ExportFacts.ends_with(Ending))
    return "--export-facts expects a name that ends in " + Ending + ", not '" + Options.ExportFacts + "'";
  return "";
}

} // namespace connsan::tool
