#pragma once

#include "clang/Tooling/CompilationDatabase.h"
#include "llvm/Support/CommandLine.h"

#include <memory>
#include <optional>

/// The command line of a subcommand that looks at sources, by LLVM's parser without the options that LLVM's
/// libraries register.
namespace connsan::tool {

/// Made before the options that only one command has, which are local variables of who parses.
class CommandLine {
public:
  /// `Command` is "connsan check". Arguments after `--` are the compiler's.
  CommandLine(std::string Command, int argc, char **argv);
  llvm::cl::OptionCategory &category() { return *Category; }

  /// False on a mistake, after one line on standard error. Prints help and ends the process when asked to.
  bool parse(const char *Overview);
  /// Says the mistake in one line.
  std::nullopt_t fail(const llvm::Twine &Mistake) const;

  // What all commands have, once `parse` was well.
  const std::string &buildPath() const { return Common->BuildPath; } ///< empty: not given
  std::vector<std::string> sources() { return Common->Sources; }
  unsigned jobs() const { return Jobs; }
  // Empty when not given.
  const std::string &linkCommands() const { return Common->LinkCommands; }
  const std::string &maxFunctionTime() const { return Common->MaxFunctionTime; }
  /// Made from the arguments after `--`; null when there were none.
  std::unique_ptr<clang::tooling::CompilationDatabase> takeFixedArguments() {
    return std::move(FixedArguments);
  }

private:
  struct Options {
    explicit Options(llvm::cl::OptionCategory &Category);
    llvm::cl::opt<std::string> BuildPath;
    llvm::cl::list<std::string> Sources;
    llvm::cl::opt<std::string> Jobs;
    llvm::cl::opt<std::string> LinkCommands;
    llvm::cl::opt<std::string> MaxFunctionTime;
  };

  std::string Command;
  std::vector<const char *> Arguments;
  // Made when the options of the libraries are gone.
  std::optional<llvm::cl::OptionCategory> Category;
  std::optional<Options> Common;
  unsigned Jobs = 1;
  std::unique_ptr<clang::tooling::CompilationDatabase> FixedArguments;
};

} // namespace connsan::tool
