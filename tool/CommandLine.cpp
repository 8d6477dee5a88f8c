#include "CommandLine.h"

#include "Duration.h"

#include <connsan/Version.h>

#include "llvm/Support/raw_ostream.h"

#include <thread>

namespace connsan::tool {

namespace cl = llvm::cl;

CommandLine::CommandLine(std::string Name, int argc, char **argv)
    : Command(std::move(Name)), Arguments(argv, argv + argc) {
  auto Separator = std::find(Arguments.begin(), Arguments.end(), llvm::StringRef("--"));
  if (Separator != Arguments.end()) {
    FixedArguments = std::make_unique<clang::tooling::FixedCompilationDatabase>(
        ".", std::vector<std::string>(Separator + 1, Arguments.end()));
    Arguments.erase(Separator, Arguments.end());
  }
  // The libraries that are linked in have registered thousands of options of their own.
  cl::ResetCommandLineParser();
  // LLVM registers its own --stats when it first parses.
  cl::ParseCommandLineOptions(1, argv);
  cl::getRegisteredOptions().lookup("stats")->removeArgument();
  Category.emplace("options");
  Common.emplace(*Category);
}

CommandLine::Options::Options(cl::OptionCategory &Category)
    : BuildPath("p", cl::desc("Directory of compile_commands.json (default: found from the sources)"),
                cl::value_desc("BUILD"), cl::cat(Category)),
      Sources(cl::Positional, cl::desc("[SOURCE...] [-- COMPILER-ARGS...]"), cl::cat(Category)),
      Jobs("j", cl::desc("Work on N files at a time (default: one for each processor)"), cl::value_desc("N"),
           cl::cat(Category), cl::Prefix),
      LinkCommands("link-commands",
                   cl::desc("What is linked together: commands, one a line, as make -n prints them "
                            "(default: as CMake and Ninja have it in BUILD)"),
                   cl::value_desc("FILE"), cl::cat(Category)),
      MaxFunctionTime("max-function-time",
                      cl::desc("Give a function up that takes more CPU time than this (default: 10s)"),
                      cl::value_desc("TIME"), cl::cat(Category)) {}

bool CommandLine::parse(const char *Overview) {
  cl::SetVersionPrinter([](llvm::raw_ostream &Out) { Out << "connsan " CONNSAN_VERSION "\n"; });
  Arguments[0] = Command.c_str();
  std::string Complaint;
  llvm::raw_string_ostream Stream(Complaint);
  if (!cl::ParseCommandLineOptions(Arguments.size(), Arguments.data(), Overview, &Stream)) {
    llvm::StringRef Line = llvm::StringRef(Complaint).split('\n').first;
    Line.consume_front(Command + ": ");
    if (!Line.empty()) // else LLVM has said it
      fail(Line);
    return false;
  }
  const std::string &Time = Common->MaxFunctionTime;
  if (Common->MaxFunctionTime.getNumOccurrences() && !parseDuration(Time)) {
    fail("--max-function-time expects a duration such as 500ms or 10s, not '" + Time + "'");
    return false;
  }
  Jobs = std::max(1U, std::thread::hardware_concurrency());
  llvm::StringRef Given = Common->Jobs;
  if (Common->Jobs.getNumOccurrences() && (Given.getAsInteger(10, Jobs) || Jobs == 0)) {
    fail("-j expects a number from 1, not '" + Given + "'");
    return false;
  }
  return true;
}

std::nullopt_t CommandLine::fail(const llvm::Twine &Mistake) const {
  llvm::errs() << Command << ": " << Mistake << '\n';
  return std::nullopt;
}

} // namespace connsan::tool
