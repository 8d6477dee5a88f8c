#include "BaselineOptions.h"

namespace connsan::tool {

BaselineCommandLine::BaselineCommandLine()
    : CommandLine("connsan baseline", "Writes down what connsan check finds now, for it to leave out.",
                  "[SOURCE...] [-- COMPILER-ARGS...]") {
  addAnalysisOptions(*this, Options);
  add_option("-o", File, "Write the findings to FILE (default: .connsan-baseline.json)")->type_name("FILE");
  addSection("Exit status",
             {{"0", "The baseline was written"}, {"2", "Something could not be read, parsed or written"}});
  addSection("Examples", {{"connsan baseline -p build",
                           "To .connsan-baseline.json; connsan check --baseline=.connsan-baseline.json then "
                           "reports what is not in it, and names what was fixed"}});
}

std::optional<int> BaselineCommandLine::read(int argc, char **argv) {
  std::optional<int> Done = CommandLine::read(takeCompilerArguments(argc, argv, Options));
  if (!Done)
    settleAnalysisOptions(Options);
  return Done;
}

} // namespace connsan::tool
