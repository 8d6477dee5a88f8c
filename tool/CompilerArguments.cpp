#include "CompilerArguments.h"

#include "clang/Options/Options.h"
#include "llvm/ADT/DenseSet.h"
#include "llvm/Option/Arg.h"
#include "llvm/Option/ArgList.h"
#include "llvm/Option/OptTable.h"

namespace connsan::tool {

namespace {

/// Which warnings there are is of no interest, and to find out takes clang longer than a small file.
bool isAboutWarnings(llvm::StringRef Argument) {
  bool IsForOtherTools = Argument.contains(',');
  return (Argument.starts_with("-W") && !IsForOtherTools) || Argument.starts_with("-pedantic");
}

} // namespace

clang::tooling::CommandLineArguments dropUnknown(const clang::tooling::CommandLineArguments &Command) {
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
    Result.erase(std::remove_if(Result.begin() + 1, Result.end(), isAboutWarnings), Result.end());
    auto End = std::find(Result.begin() + 1, Result.end(), "--");
    const std::string Always[] = {
        std::string("-resource-dir=") + CONNSAN_CLANG_RESOURCE_DIR,
        "-w",
        // What older compilers warn of, newer ones refuse.
        "-Wno-error=implicit-function-declaration",
        "-Wno-error=implicit-int",
        "-Wno-error=int-conversion",
        "-Wno-error=incompatible-pointer-types",
        "-Wno-error=incompatible-function-pointer-types",
        "-Wno-error=return-type",
        "-ferror-limit=0",
    };
    Result.insert(End, std::begin(Always), std::end(Always));
    return Result;
  };
}

} // namespace connsan::tool
