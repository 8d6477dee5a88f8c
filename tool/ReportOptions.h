#pragma once

#include "CommandLine.h"

#include "report/Symbolize.h"
#include "report/WriteText.h"

namespace connsan::tool {

/// What `connsan report` is told.
struct ReportOptions {
  std::vector<std::string> Files;
  std::vector<int> Pids;
  bool All = false, Json = false, Html = false;
  std::string Output;
  std::string Color = "auto";
  bool NoSymbols = false;
  report::SymbolizeOptions Symbols;
  report::TextOptions Text;
};

class ReportCommandLine : public CommandLine {
public:
  ReportCommandLine();
  /// As `CommandLine::read`.
  std::optional<int> read(int argc, char **argv);

  ReportOptions Options;
};

} // namespace connsan::tool
