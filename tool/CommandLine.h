#pragma once

#include "clang/Tooling/CompilationDatabase.h"
#include "llvm/Support/CommandLine.h"

#include <memory>
#include <optional>

/// The command line of a subcommand, by LLVM's parser without the options that LLVM's libraries register.
namespace connsan::tool {

/// Made before the options, which are local variables of who parses.
class CommandLine {
public:
  /// `Command` is "connsan check". Arguments after `--` are the compiler's.
  CommandLine(std::string Command, int argc, char **argv);
  llvm::cl::OptionCategory &category() { return *Category; }

  /// False on a mistake, after one line on standard error. Prints help and ends the process when asked to.
  bool parse(const char *Overview);
  /// The same for values, once `parse` was well.
  bool parseJobs(const llvm::cl::opt<std::string> &Given, unsigned &Jobs) const;
  bool checkDuration(const llvm::cl::opt<std::string> &Given) const;
  /// Says the mistake in one line.
  std::nullopt_t fail(const llvm::Twine &Mistake) const;
  /// Made from the arguments after `--`; null when there were none.
  std::unique_ptr<clang::tooling::CompilationDatabase> takeFixedArguments() {
    return std::move(FixedArguments);
  }

private:
  std::string Command;
  std::vector<const char *> Arguments;
  std::optional<llvm::cl::OptionCategory> Category; ///< made when the ones of the libraries are gone
  std::unique_ptr<clang::tooling::CompilationDatabase> FixedArguments;
};

} // namespace connsan::tool
