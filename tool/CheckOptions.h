#pragma once

#include "CheckFile.h"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace clang::tooling {
class CompilationDatabase;
} // namespace clang::tooling

namespace connsan::tool {

enum class Format { Text, Json, Sarif, Github, Gitlab };

/// Whether what is proposed stands in it.
inline bool tellsEdits(Format As) {
  return As == Format::Json || As == Format::Sarif;
}

/// The confidence from which on a finding makes the exit status 1.
enum class FailOn { Medium, High, Never };

/// The command line of `connsan check`.
struct CheckOptions {
  std::string BuildPath;            ///< of -p; empty: looked for
  std::vector<std::string> Sources; ///< empty: all of the compilation database
  CheckSettings Settings;
  std::string LinkCommands; ///< file that says what is linked together; empty: asks the build
  std::string OutputFile;   ///< empty: standard output
  std::string ExportFixes;  ///< empty: none
  std::string ExportFacts;  ///< where to write the facts of the one source; empty: check it
  std::string DepFile;      ///< where to write what they were made from; empty: nowhere
  std::string Dump;         ///< a stage of the analysis to print in place of findings; empty: none
  std::string Since;        ///< a revision; empty: all findings
  std::string BaselineFile; ///< empty: none
  tool::Format Format = tool::Format::Text;
  FailOn Least = FailOn::Medium;
  bool UsesIndex = true;
  bool Stats = false;
  unsigned Jobs = 1;
  /// Made from the arguments after `--`, when there were any.
  std::unique_ptr<clang::tooling::CompilationDatabase> FixedArguments;
};

/// Nothing on a mistake, after one line on standard error. Prints help and ends the process when asked to.
std::optional<CheckOptions> parseCheckOptions(int argc, char **argv);

} // namespace connsan::tool
