#include "CheckStats.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/Format.h"

namespace connsan::tool {

void CheckStats::add(const CheckStats &Other) {
  Files += Other.Files;
  FilesWithResources += Other.FilesWithResources;
  Functions += Other.Functions;
  FunctionsWithResources += Other.FunctionsWithResources;
  FunctionsSilenced += Other.FunctionsSilenced;
  FunctionsGivenUp += Other.FunctionsGivenUp;
  llvm::append_range(Named, Other.Named);
  llvm::sort(Named);
  Named.erase(std::unique(Named.begin(), Named.end()), Named.end());
  ParseSeconds += Other.ParseSeconds;
  FactsSeconds += Other.FactsSeconds;
  PathsSeconds += Other.PathsSeconds;
  LinkSeconds += Other.LinkSeconds;
  ReportSeconds += Other.ReportSeconds;
  Indexed += Other.Indexed;
  Ambiguous += Other.Ambiguous;
  Followed += Other.Followed;
}

/// Lines of a name and a number.
class Lines {
public:
  explicit Lines(llvm::raw_ostream &Out) : Out(Out) {}
  void count(const char *What, unsigned N) { Out << llvm::format("%-34s %9u\n", What, N); }
  void time(const char *What, double Seconds) { Out << llvm::format("%-34s %9.3f\n", What, Seconds); }

private:
  llvm::raw_ostream &Out;
};

/// What the files came to together.
static void writeIndexed(Lines &Write, const CheckStats &Stats) {
  Write.count("functions in the index", Stats.Indexed);
  Write.count("  defined in several ways", Stats.Ambiguous);
  Write.count("paths followed anew in functions", Stats.Followed);
}

void writeStats(llvm::raw_ostream &Out, const CheckStats &Stats) {
  for (const CheckStats::GivenUp &One : Stats.Named) {
    Out << One.File << ": " << One.Function << ": gave up ";
    if (One.Limit == "errors")
      Out << "at errors in its source\n";
    else
      Out << "after " << One.After << " " << (One.Limit == "time" ? "ms" : One.Limit) << "\n";
  }
  Lines Write(Out);
  Write.count("files", Stats.Files);
  Write.count("  with resources", Stats.FilesWithResources);
  Write.count("functions with a body", Stats.Functions);
  Write.count("  with resources", Stats.FunctionsWithResources);
  Write.count("    analysed", Stats.functionsAnalysed());
  Write.count("      with an obligation given up", Stats.FunctionsSilenced);
  Write.count("    given up", Stats.FunctionsGivenUp);
  if (Stats.Indexed != 0)
    writeIndexed(Write, Stats);
  Write.time("CPU seconds: parse", Stats.ParseSeconds);
  Write.time("             facts", Stats.FactsSeconds);
  if (Stats.Indexed != 0)
    Write.time("             link", Stats.LinkSeconds);
  Write.time("             paths", Stats.PathsSeconds);
  Write.time("             report", Stats.ReportSeconds);
}

void writeIndexStats(llvm::raw_ostream &Out, const CheckStats &Stats) {
  Lines Write(Out);
  writeIndexed(Write, Stats);
  Write.time("CPU seconds: parse", Stats.ParseSeconds);
  Write.time("             facts", Stats.FactsSeconds);
  Write.time("             link", Stats.LinkSeconds);
}

} // namespace connsan::tool
