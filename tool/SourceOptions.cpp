#include "SourceOptions.h"

#include <algorithm>
#include <thread>

namespace connsan::tool {

void addSourceOptions(CommandLine &Line, SourceOptions &To) {
  To.Jobs = std::max(1U, std::thread::hardware_concurrency());
  Line.add_option("SOURCE", To.Sources, "Source files; without one, all of compile_commands.json")
      ->type_name("FILE");
  Line.add_option("-p", To.BuildPath, "Directory of compile_commands.json (default: found from the sources)")
      ->type_name("BUILD");
  Line.add_option("-j", To.Jobs, "Work on N files at a time (default: one for each processor)")
      ->type_name("N")
      ->check(isPositive());
  Line.add_option("--link-commands", To.LinkCommands,
                  "What is linked together: commands, one a line, as make -n prints them (default: as CMake "
                  "and Ninja have it in BUILD)")
      ->type_name("FILE");
  auto GiveUpAfter = [&To](const std::string &Time) { To.Settings["MaxFunctionTime"] = Time; };
  Line.add_option_function<std::string>(
          "--max-function-time", GiveUpAfter,
          "Give a function up that takes more CPU time than this (default: 10s)")
      ->type_name("TIME")
      ->check(isDuration());
}

std::vector<std::string> takeCompilerArguments(int argc, char **argv, SourceOptions &To) {
  std::vector<std::string> Arguments = argumentsOf(argc, argv);
  auto Separator = std::find(Arguments.begin(), Arguments.end(), "--");
  if (Separator != Arguments.end()) {
    To.CompilerArguments.emplace(std::next(Separator), Arguments.end());
    Arguments.erase(Separator, Arguments.end());
  }
  return Arguments;
}

} // namespace connsan::tool
