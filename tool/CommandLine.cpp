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
}

bool CommandLine::parse(const char *Overview) {
  cl::SetVersionPrinter([](llvm::raw_ostream &Out) { Out << "connsan " CONNSAN_VERSION "\n"; });
  Arguments[0] = Command.c_str();
  std::string Complaint;
  llvm::raw_string_ostream Stream(Complaint);
  if (cl::ParseCommandLineOptions(Arguments.size(), Arguments.data(), Overview, &Stream))
    return true;
  llvm::StringRef Line = llvm::StringRef(Complaint).split('\n').first;
  Line.consume_front(Command + ": ");
  if (!Line.empty()) // else LLVM has said it
    fail(Line);
  return false;
}

bool CommandLine::parseJobs(const cl::opt<std::string> &Given, unsigned &Jobs) const {
  Jobs = std::max(1U, std::thread::hardware_concurrency());
  if (!Given.getNumOccurrences() || (!llvm::StringRef(Given).getAsInteger(10, Jobs) && Jobs != 0))
    return true;
  fail("-j expects a number from 1, not '" + Given + "'");
  return false;
}

bool CommandLine::checkDuration(const cl::opt<std::string> &Given) const {
  if (!Given.getNumOccurrences() || parseDuration(Given))
    return true;
  fail("--" + Given.ArgStr + " expects a duration such as 500ms or 10s, not '" + Given + "'");
  return false;
}

std::nullopt_t CommandLine::fail(const llvm::Twine &Mistake) const {
  llvm::errs() << Command << ": " << Mistake << '\n';
  return std::nullopt;
}

} // namespace connsan::tool
