#pragma once

#include "CheckOptions.h"

namespace connsan::tool {

class BaselineCommandLine : public CommandLine {
public:
  BaselineCommandLine();
  /// As `CommandLine::read`.
  std::optional<int> read(int argc, char **argv);

  CheckOptions Options;
  std::string File = ".connsan-baseline.json";
};

} // namespace connsan::tool
