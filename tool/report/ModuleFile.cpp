#include "ModuleFile.h"

#include "ElfFile.h"

#include <cerrno>
#include <cstring>
#include <list>
#include <string_view>
#include <system_error>
#include <unistd.h>

namespace fs = std::filesystem;

namespace connsan::report {

namespace {

constexpr std::string_view Deleted = " (deleted)";

/// `Path` as a process sees it whose root is `Root`: links do not lead out of it.
fs::path below(const fs::path &Root, const fs::path &Path) {
  if (Root.empty() || Root == "/")
    return Path;
  unsigned MoreLinks = 40;
  fs::path Done;
  std::list<fs::path> Left(Path.begin(), Path.end());
  while (!Left.empty()) {
    fs::path Name = Left.front();
    Left.pop_front();
    std::error_code Error;
    if (Name == "/") {
      Done.clear();
    } else if (Name == "..") {
      Done = Done.parent_path();
    } else if (fs::path Target = fs::read_symlink(Root / Done / Name, Error); !Error && MoreLinks > 0) {
      --MoreLinks;
      Left.insert(Left.begin(), Target.begin(), Target.end());
    } else {
      Done /= Name;
    }
  }
  return Root / Done;
}

std::string shortened(const std::string &BuildId) {
  constexpr size_t Shown = 8;
  return BuildId.size() > Shown ? BuildId.substr(0, Shown) + ".." : BuildId;
}

/// Why the file at `Path` is not the module's, or nothing.
std::string objection(const Module &M, const fs::path &Path, bool IsDeleted) {
  if (!Path.is_absolute())
    return (Path.empty() ? "a module without a name" : Path.string()) + " is no file of its own";
  if (IsDeleted && M.BuildId.empty())
    return Path.string() + " was replaced while it ran";
  if (access(Path.c_str(), R_OK) != 0)
    return Path.string() + " cannot be read (" + std::strerror(errno) + ")";
  tool::ElfFile File(Path);
  if (!File.valid())
    return Path.string() + " is no program or library";
  if (M.BuildId.empty())
    return {};
  if (!File.hasSegments())
    return Path.string() + " is for another machine";
  std::string Now = File.buildId();
  if (Now == M.BuildId)
    return {};
  return Path.string() + " has changed since (build-id " + shortened(M.BuildId) + ", now " +
         (Now.empty() ? "none" : shortened(Now)) + ")";
}

} // namespace

std::vector<std::string> debugDirectories(const SymbolizeOptions &Options) {
  constexpr const char *System = "/usr/lib/debug";
  std::vector<std::string> Result = Options.DebugDirectories;
  if (!Options.Root.empty())
    Result.push_back(Options.Root + System);
  Result.emplace_back(System);
  return Result;
}

ModuleFile findModuleFile(const Module &M, const SymbolizeOptions &Options) {
  std::string_view Path = M.Path;
  // What the kernel writes behind the path of a program whose file is gone, or has another in its place.
  bool IsDeleted = Path.ends_with(Deleted);
  if (IsDeleted)
    Path.remove_suffix(Deleted.size());
  fs::path Place = Path;
  if (Place.is_absolute())
    Place = below(M.Root.empty() ? Options.Root : M.Root, Place);
  ModuleFile Result;
  Result.Missing = objection(M, Place, IsDeleted);
  if (Result.Missing.empty()) {
    Result.Path = Place;
    return Result;
  }
  constexpr size_t Directory = 2;
  if (M.BuildId.size() > Directory && M.BuildId.find('/') == std::string::npos)
    for (const std::string &Debug : debugDirectories(Options)) {
      fs::path File = fs::path(Debug) / ".build-id" / M.BuildId.substr(0, Directory) /
                      (M.BuildId.substr(Directory) + ".debug");
      if (tool::ElfFile(File).valid()) {
        Result.Path = File;
        break;
      }
    }
  return Result;
}

} // namespace connsan::report
