#pragma once

#include "CheckSettings.h"
#include "CommandLine.h"

/// What a command is told that looks at sources.
namespace connsan::tool {

struct SourceOptions {
  std::string BuildPath;            ///< of -p; empty: looked for
  std::vector<std::string> Sources; ///< empty: all of the compilation database
  /// Those after `--`, when there was one.
  std::optional<std::vector<std::string>> CompilerArguments;
  std::string LinkCommands; ///< file that says what is linked together; empty: asks the build
  CheckSettings Settings;
  unsigned Jobs = 1;
};

void addSourceOptions(CommandLine &Line, SourceOptions &To);

/// The arguments of a `main` before `--`; what comes after it goes to `To`.
std::vector<std::string> takeCompilerArguments(int argc, char **argv, SourceOptions &To);

} // namespace connsan::tool
