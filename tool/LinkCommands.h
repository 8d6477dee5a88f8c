#pragma once

#include "llvm/Support/Error.h"

#include <string>
#include <vector>

/// What a build links together, read from what build systems leave behind.
namespace connsan::tool {

/// A name as it is written in a directory; without dots, so that it can be compared.
std::string absolute(llvm::StringRef Name, llvm::StringRef Directory);

/// A command that makes a program, a library or an archive. Names of files are absolute.
struct LinkCommand {
  std::string Output;
  std::vector<std::string> Inputs;    ///< objects, archives, libraries, sources that are compiled on the way
  std::vector<std::string> Libraries; ///< of -l, without it
};

/// Those among the commands of a text, one on a line, as `make -n` and `ninja -t commands` print them; of
/// other lines nothing is read but where make enters and leaves directories.
std::vector<LinkCommand> linkCommandsIn(llvm::StringRef Text, llvm::StringRef Directory);

/// Those of a build.ninja and of what it includes, run in its directory.
std::vector<LinkCommand> linkCommandsOfNinja(llvm::StringRef Text, llvm::StringRef Directory);

/// Those that CMake, Meson or another generator has written for Ninja, or CMake for make, into a directory;
/// none where it holds nothing of that kind.
std::vector<LinkCommand> linkCommandsOfBuild(const std::string &Directory);

/// Those in a file, run where it is. The error is one line.
llvm::Expected<std::vector<LinkCommand>> readLinkCommands(const std::string &File);

} // namespace connsan::tool
