#pragma once

#include "CommandLine.h"

/// The command lines by which connsan tells about itself.
namespace connsan::tool {

/// `connsan`, before a command.
class ProgramCommandLine : public CommandLine {
public:
  ProgramCommandLine();
};

class HelpCommandLine : public CommandLine {
public:
  HelpCommandLine();

  std::string Command;           ///< empty: of connsan itself
  std::string ManPagesDirectory; ///< where to write all manual pages; empty: nowhere
};

class CompletionCommandLine : public CommandLine {
public:
  CompletionCommandLine();

  std::string Shell;
};

} // namespace connsan::tool
