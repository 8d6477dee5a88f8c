#include "CompilerArguments.h"

#include "clang/Options/Options.h"
#include "llvm/ADT/DenseSet.h"
#include "llvm/Option/Arg.h"
#include "llvm/Option/ArgList.h"
#include "llvm/Option/OptTable.h"

namespace connsan::tool {

static clang::tooling::CommandLineArguments dropUnknown(const clang::tooling::CommandLineArguments &Command) {
  std::vector<const char *> Raw;
  for (const std::string &Argument : llvm::drop_begin(Command))
    Raw.push_back(Argument.c_str());
  unsigned MissingIndex = 0;
  unsigned MissingCount = 0;
  llvm::opt::InputArgList Parsed = clang::getDriverOptTable().ParseArgs(
      Raw, MissingIndex, MissingCount, llvm::opt::Visibility(clang::options::ClangOption));
  llvm::DenseSet<unsigned> Unknown;
  for (const llvm::opt::Arg *Argument : Parsed.filtered(clang::options::OPT_UNKNOWN))
    Unknown.insert(Argument->getIndex());
  clang::tooling::CommandLineArguments Kept{Command.front()};
  for (unsigned I = 0; I < Raw.size(); ++I)
    if (!Unknown.contains(I))
      Kept.push_back(Raw[I]);
  return Kept;
}

clang::tooling::ArgumentsAdjuster tolerantArguments() {
  return [](const clang::tooling::CommandLineArguments &Command, llvm::StringRef) {
    if (Command.empty())
      return Command;
    clang::tooling::CommandLineArguments Result = dropUnknown(Command);
    auto End = std::find(Result.begin() + 1, Result.end(), "--");
    Result.insert(End, {"-resource-dir=" CONNSAN_CLANG_RESOURCE_DIR, "-Wno-error",
                        "-Wno-unknown-warning-option", "-Wno-unused-command-line-argument"});
    return Result;
  };
}

} // namespace connsan::tool
