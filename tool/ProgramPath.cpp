#include "ProgramPath.h"

#include <cstdlib>
#include <string_view>
#include <unistd.h>

namespace fs = std::filesystem;

std::optional<fs::path> connsan::tool::findProgram(const std::string &Name, std::string &Problem) {
  auto Usable = [&Problem, &Name](const fs::path &Path) {
    std::error_code Error;
    if (!fs::exists(Path, Error)) {
      if (Problem.empty())
        Problem = "program '" + Name + "' does not exist";
      return false;
    }
    if (fs::is_directory(Path, Error)) {
      Problem = "'" + Name + "' is a directory";
      return false;
    }
    if (access(Path.c_str(), X_OK) != 0) {
      Problem = "'" + Name + "' is not executable";
      return false;
    }
    return true;
  };
  if (Name.find('/') != std::string::npos)
    return Usable(Name) ? std::optional<fs::path>(Name) : std::nullopt;
  const char *Path = std::getenv("PATH");
  std::string_view Rest = Path ? Path : "/usr/local/bin:/usr/bin:/bin";
  for (;;) {
    size_t Colon = Rest.find(':');
    std::string_view Directory = Rest.substr(0, Colon);
    fs::path Candidate = fs::path(Directory.empty() ? "." : Directory) / Name;
    std::error_code Error;
    if (fs::is_regular_file(Candidate, Error) && access(Candidate.c_str(), X_OK) == 0)
      return Candidate;
    if (Colon == std::string_view::npos)
      break;
    Rest.remove_prefix(Colon + 1);
  }
  Problem = "program '" + Name + "' is not in PATH";
  return std::nullopt;
}
