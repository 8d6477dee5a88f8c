#pragma once

#include "CheckOptions.h"
#include "EarlierSources.h"
#include "WholeProgram.h"

namespace connsan::tool {

/// Does to each source what the options ask for, several at a time, each in a process of its own.
class SourceChecker {
public:
  /// The options have to outlive it.
  explicit SourceChecker(const CheckOptions &Options);

  std::vector<FileReport> run(const SourceList &All, ProblemList &Problems);
  /// After `run`: what there was to say of these sources before, without edits. What could not be read or
  /// parsed then has nothing to say.
  std::vector<FileReport> runEarlier(const EarlierSources &Then);

private:
  std::vector<FileReport> runEach(const SourceList &All, ProblemList &Problems);
  std::vector<FileReport> runProgram(const SourceList &All, ProblemList &Problems);
  std::vector<FileReport> runEarlierProgram(const EarlierSources &Then);

  const CheckOptions &Options;
  CheckSettings Settings;
  bool IsWholeProgram; ///< each source is checked with what all the others say
  std::optional<TemporaryDirectory> Scratch;
  std::string FactsDirectory;
  ProgramNumbers Programs; ///< of the sources of now
};

} // namespace connsan::tool
