#pragma once

#include "CommandLine.h"

#include <memory>
#include <span>

/// The commands of `connsan`. Each takes its own arguments, `argv[0]` being its name, prints what it has to
/// say and returns the exit status of the process.
namespace connsan::tool {

struct Command {
  const char *Name;
  const char *Summary;
  int (*Main)(int argc, char **argv);
  /// What it can be told.
  std::unique_ptr<CommandLine> (*MakeLine)();
};

/// In the order in which they are listed.
std::span<const Command> commandList();

int reportMain(int argc, char **argv);
int runMain(int argc, char **argv);
int helpMain(int argc, char **argv);
int completionMain(int argc, char **argv);

/// Goes on as `connsan-checker`, a program of its own, so that the others need not load LLVM.
int runChecker(int argc, char **argv);

// The commands of connsan-checker.
int checkMain(int argc, char **argv);
int baselineMain(int argc, char **argv);
int indexMain(int argc, char **argv);

} // namespace connsan::tool
