#pragma once

#include "SourceOptions.h"

namespace connsan::tool {

/// What `connsan index` is told.
struct IndexOptions : SourceOptions {
  std::string IndexFile = ".connsan/index";
  bool Stats = false;
  bool Print = false;
};

class IndexCommandLine : public CommandLine {
public:
  IndexCommandLine();
  /// As `CommandLine::read`.
  std::optional<int> read(int argc, char **argv);

  IndexOptions Options;
};

} // namespace connsan::tool
