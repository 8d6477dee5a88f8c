#include "BaselineOptions.h"

namespace connsan::tool {

BaselineCommandLine::BaselineCommandLine()
    : CommandLine("connsan baseline", "Writes down what connsan check finds now, for it to leave out.",
                  "[SOURCE...] [-- COMPILER-ARGS...]") {
  addAnalysisOptions(*this, Options);
  add_option("-o", File, "Write the findings to FILE (default: .connsan-baseline.json)")->type_name("FILE");
  footer("connsan check --baseline=FILE reports what is not in it, and names what is in it and was fixed.\n"
         "Exit status: 0 the baseline was written, 2 something could not be read, parsed or written.");
}

std::optional<int> BaselineCommandLine::read(int argc, char **argv) {
  std::optional<int> Done = CommandLine::read(takeCompilerArguments(argc, argv, Options));
  if (!Done)
    settleAnalysisOptions(Options);
  return Done;
}

} // namespace connsan::tool
