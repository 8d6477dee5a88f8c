#pragma once

#include "SourceOptions.h"

namespace connsan::tool {

/// What `connsan check` is told.
struct CheckOptions : SourceOptions {
  std::string OutputFile;           ///< empty: standard output
  std::vector<std::string> Exports; ///< "FORMAT:FILE" each
  std::string ExportFixes;          ///< empty: none
  std::string ExportFacts;          ///< where to write the facts of the one source; empty: check it
  std::string DepFile;              ///< where to write what they were made from; empty: nowhere
  std::string IndexFile;            ///< empty: looked for, or found out
  std::string Dump;                 ///< a stage of the analysis to print in place of findings; empty: none
  std::string Confidence;           ///< empty: not given
  std::string Format = "text";
  std::string Since;        ///< a revision; empty: all findings
  std::string BaselineFile; ///< empty: none
  std::string FailOn;       ///< the confidence from which on a finding fails; empty: any that is reported
  bool Staged = false;      ///< as files are in git's index, not as they are on the disk
  bool NoIndex = false;
  bool Stats = false;
};

/// The options by which a command finds what `connsan check` finds.
void addAnalysisOptions(CommandLine &Line, CheckOptions &To);
/// To be called when they were read.
void settleAnalysisOptions(CheckOptions &Options);

class CheckCommandLine : public CommandLine {
public:
  CheckCommandLine();
  /// As `CommandLine::read`.
  std::optional<int> read(int argc, char **argv);

  CheckOptions Options;

private:
  std::string mistake() const;
};

} // namespace connsan::tool
