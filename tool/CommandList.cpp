#include "BaselineOptions.h"
#include "CheckOptions.h"
#include "Commands.h"
#include "HelpOptions.h"
#include "IndexOptions.h"
#include "ReportOptions.h"
#include "RunOptions.h"

#include <array>

namespace connsan::tool {
namespace {

template<class Line> std::unique_ptr<CommandLine> make() {
  return std::make_unique<Line>();
}

constexpr std::array Commands = {
    Command{"check", "find connection leaks in source code", runChecker, make<CheckCommandLine>},
    Command{"baseline", "write down what 'check' finds now, for it to leave out", runChecker,
            make<BaselineCommandLine>},
    Command{"index", "find out what functions do, for 'check' of other files", runChecker,
            make<IndexCommandLine>},
    Command{"report", "report who holds connections, from what the runtime wrote", reportMain,
            make<ReportCommandLine>},
    Command{"run", "run a program with the runtime preloaded", runMain, make<RunCommandLine>},
    Command{"help", "tell about a command", helpMain, make<HelpCommandLine>},
    Command{"completion", "print what makes a shell complete the command line", completionMain,
            make<CompletionCommandLine>},
};

} // namespace

std::span<const Command> commandList() {
  return Commands;
}

} // namespace connsan::tool
