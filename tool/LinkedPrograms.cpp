#include "LinkedPrograms.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"

#include <map>
#include <set>

namespace connsan::tool {
namespace {

namespace tooling = clang::tooling;
namespace path = llvm::sys::path;

/// Where a compiler leaves the object of a command.
std::string objectOf(const tooling::CompileCommand &Command) {
  if (!Command.Output.empty())
    return absolute(Command.Output, Command.Directory);
  for (std::size_t I = 1; I < Command.CommandLine.size(); ++I) {
    llvm::StringRef Argument = Command.CommandLine[I];
    if (Argument == "-o" && I + 1 < Command.CommandLine.size())
      return absolute(Command.CommandLine[I + 1], Command.Directory);
    if (Argument.consume_front("-o") && !Argument.empty())
      return absolute(Argument, Command.Directory);
  }
  return absolute((path::stem(Command.Filename) + ".o").str(), Command.Directory);
}

/// What is made of what.
class LinkGraph {
public:
  LinkGraph(const std::vector<tooling::CompileCommand> &Compiled, const std::vector<LinkCommand> &Commands);
  /// By source: the outputs that are programs or shared libraries.
  std::map<std::string, std::vector<unsigned>> programs() const;

private:
  struct Made {
    std::set<std::string> Inputs;
    std::set<std::string> Libraries;
  };
  static bool isProgram(llvm::StringRef Output) {
    llvm::StringRef Ending = path::extension(Output);
    return Ending != ".a" && Ending != ".la" && Ending != ".o" && Ending != ".lo" && Ending != ".obj";
  }
  std::set<std::string> reach(const std::string &Output) const;

  std::map<std::string, std::set<std::string>> Sources; ///< by object
  std::map<std::string, Made> Outputs;
  std::map<std::string, std::set<std::string>> ByLibrary; ///< outputs, by what stands after -l
};

LinkGraph::LinkGraph(const std::vector<tooling::CompileCommand> &Compiled,
                     const std::vector<LinkCommand> &Commands) {
  for (const tooling::CompileCommand &Command : Compiled) {
    const std::string Source = absolute(Command.Filename, Command.Directory);
    Sources[objectOf(Command)].insert(Source);
    Sources[Source].insert(Source);
  }
  for (const LinkCommand &Command : Commands) {
    Made &Of = Outputs[Command.Output];
    Of.Inputs.insert(Command.Inputs.begin(), Command.Inputs.end());
    Of.Libraries.insert(Command.Libraries.begin(), Command.Libraries.end());
    llvm::StringRef Name = path::filename(Command.Output);
    if (Name.consume_front("lib"))
      ByLibrary[Name.take_until([](char C) { return C == '.'; }).str()].insert(Command.Output);
  }
}

/// The sources of an output, of its archives and of the libraries that it is linked with.
std::set<std::string> LinkGraph::reach(const std::string &Output) const {
  std::set<std::string> Found;
  std::set<std::string> Seen{Output};
  std::vector<std::string> Pending{Output};
  auto Visit = [&](const std::string &Name) {
    if (Seen.insert(Name).second)
      Pending.push_back(Name);
  };
  while (!Pending.empty()) {
    const std::string Name = std::move(Pending.back());
    Pending.pop_back();
    if (auto Compiled = Sources.find(Name); Compiled != Sources.end())
      Found.insert(Compiled->second.begin(), Compiled->second.end());
    if (llvm::StringRef Object = Name; Object.consume_back(".lo")) { // libtool's name for one or two objects
      Visit((Object + ".o").str());
      Visit((path::parent_path(Object) + "/.libs/" + path::filename(Object) + ".o").str());
    }
    auto Linked = Outputs.find(Name);
    if (Linked == Outputs.end())
      continue;
    llvm::for_each(Linked->second.Inputs, Visit);
    for (const std::string &Library : Linked->second.Libraries)
      if (auto Known = ByLibrary.find(Library); Known != ByLibrary.end())
        llvm::for_each(Known->second, Visit);
  }
  return Found;
}

std::map<std::string, std::vector<unsigned>> LinkGraph::programs() const {
  std::map<std::string, std::vector<unsigned>> Found;
  unsigned Number = 0;
  for (const auto &[Output, Of] : Outputs)
    if (isProgram(Output)) {
      for (const std::string &Source : reach(Output))
        Found[Source].push_back(Number);
      ++Number;
    }
  return Found;
}

} // namespace

ProgramNumbers programsOf(const SourceList &All, const std::vector<LinkCommand> &Commands) {
  ProgramNumbers Numbers(All.Sources.size());
  if (Commands.empty())
    return Numbers;
  const auto Programs = LinkGraph(All.Commands->getAllCompileCommands(), Commands).programs();
  llvm::SmallString<256> Here;
  if (llvm::sys::fs::current_path(Here))
    return Numbers;
  for (std::size_t I = 0; I < All.Sources.size(); ++I)
    if (auto Known = Programs.find(absolute(All.Sources[I], Here)); Known != Programs.end())
      Numbers[I] = Known->second;
  return Numbers;
}

ProgramNumbers programsOf(const SourceList &All, const std::string &LinkCommandsFile, ProblemList &Problems) {
  if (LinkCommandsFile.empty())
    return programsOf(All, All.BuildDirectory.empty() ? std::vector<LinkCommand>()
                                                      : linkCommandsOfBuild(All.BuildDirectory));
  llvm::Expected<std::vector<LinkCommand>> Commands = readLinkCommands(LinkCommandsFile);
  if (!Commands) {
    Problems.add(llvm::toString(Commands.takeError()));
    return ProgramNumbers(All.Sources.size());
  }
  if (Commands->empty())
    Problems.add(LinkCommandsFile + ": no command in it links anything");
  return programsOf(All, *Commands);
}

} // namespace connsan::tool
