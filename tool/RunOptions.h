#pragma once

#include "CommandLine.h"

namespace connsan::tool {

/// What `connsan run` is told.
struct RunOptions {
  bool Ci = false;
  bool AllowUnobserved = false;
  bool NoReport = false;
  std::string RuntimeOptions; ///< as CONNSAN_OPTIONS holds them
  char **Program = nullptr;   ///< with its arguments
};

class RunCommandLine : public CommandLine {
public:
  RunCommandLine();
  /// As `CommandLine::read`.
  std::optional<int> read(int argc, char **argv);

  RunOptions Options;

private:
  /// Of the runtime's options: key and value.
  std::vector<std::pair<std::string, std::string>> Given;
};

} // namespace connsan::tool
