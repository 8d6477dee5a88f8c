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
  ReportSeconds += Other.ReportSeconds;
}

void writeStats(llvm::raw_ostream &Out, const CheckStats &Stats) {
  for (const CheckStats::GivenUp &One : Stats.Named) {
    Out << One.File << ": " << One.Function << ": gave up ";
    if (One.Limit == "errors")
      Out << "at errors in its source\n";
    else
      Out << "after " << One.After << " " << (One.Limit == "time" ? "ms" : One.Limit) << "\n";
  }
  auto Count = [&](const char *What, unsigned N) { Out << llvm::format("%-34s %9u\n", What, N); };
  auto Time = [&](const char *What, double Seconds) { Out << llvm::format("%-34s %9.3f\n", What, Seconds); };
  Count("files", Stats.Files);
  Count("  with resources", Stats.FilesWithResources);
  Count("functions with a body", Stats.Functions);
  Count("  with resources", Stats.FunctionsWithResources);
  Count("    analysed", Stats.functionsAnalysed());
  Count("      with an obligation given up", Stats.FunctionsSilenced);
  Count("    given up", Stats.FunctionsGivenUp);
  Time("CPU seconds: parse", Stats.ParseSeconds);
  Time("             facts", Stats.FactsSeconds);
  Time("             paths", Stats.PathsSeconds);
  Time("             report", Stats.ReportSeconds);
}

} // namespace connsan::tool
