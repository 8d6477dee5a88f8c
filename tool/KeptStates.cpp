#include "KeptStates.h"

#include "report/Complete.h"
#include "report/Inputs.h"
#include "report/Make.h"
#include "report/Words.h"
#include "report/WriteText.h"

#include "report/Escape.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <iostream>
#include <random>
#include <sys/stat.h>
#include <thread>
#include <unistd.h>

namespace fs = std::filesystem;

namespace connsan::tool {

namespace {

/// A new folder; empty when there is no room for one anywhere.
fs::path makeFolder() {
  const char *Temporary = std::getenv("TMPDIR");
  for (const char *Where : {Temporary, "/tmp", "/dev/shm"}) {
    if (!Where || !*Where || std::string_view(Where).find_first_of("\"'") != std::string_view::npos)
      continue;
    std::string Name = std::string(Where) + "/connsan-run.XXXXXX";
    if (!mkdtemp(Name.data()))
      continue;
    // Started by root, the program may run as somebody else later, who then can write here and list nothing.
    constexpr mode_t Shared = 01733;
    if (geteuid() == 0)
      chmod(Name.c_str(), Shared);
    return fs::absolute(Name);
  }
  return {};
}

/// What nobody can guess: others may write into the folder as well, and what they put there is not looked at.
std::string secret() {
  std::random_device Random;
  char Digits[32];
  std::snprintf(Digits, sizeof Digits, "%08x%08x", Random(), Random());
  return Digits;
}

/// The files of this prefix; it may have been used before `Begin` as well.
std::vector<report::Input> filesOf(const std::string &Prefix, int64_t Begin) {
  std::vector<report::Input> Result;
  fs::path Path = Prefix;
  fs::path Directory = Path.has_parent_path() ? Path.parent_path() : fs::path(".");
  std::string Name = Path.filename().string() + ".";
  std::error_code Error;
  fs::directory_iterator It(Directory, Error);
  if (Error)
    std::fprintf(
        stderr,
        "connsan run: warning: cannot look for states in %s: %s: what was left open is not reported\n",
        Directory.c_str(), Error.message().c_str());
  for (; !Error && It != fs::directory_iterator(); It.increment(Error))
    if (It->path().extension() == ".state" && It->path().filename().string().starts_with(Name))
      Result.push_back({It->path(), It->path(), {}, Begin});
  std::sort(Result.begin(), Result.end(), [](const auto &A, const auto &B) { return A.Path < B.Path; });
  return Result;
}

} // namespace

KeptStates::KeptStates(const std::string &List) : Begin(report::now()) {
  runtime::Options Given;
  std::vector<std::string> Problems;
  Given.parse(List, Problems);
  Prefix = Given.StatePath;
  if (!Prefix.empty())
    return;
  Folder = makeFolder();
  if (Folder.empty()) {
    std::fputs(
        "connsan run: warning: no folder for temporary files can be written: what a kill leaves open is not "
        "reported\n",
        stderr);
    return;
  }
  Prefix = (Folder / ("process-" + secret())).string();
  Setting = "state_path=\"" + Prefix + "\"";
}

KeptStates::~KeptStates() {
  std::error_code Error;
  if (!Folder.empty() && !IsInUse)
    fs::remove_all(Folder, Error);
}

unsigned KeptStates::report() {
  if (Prefix.empty())
    return 0;
  report::Report R;
  report::readInputs(filesOf(Prefix, Begin), R);
  report::complete(R);
  auto Running = std::count_if(R.Processes.begin(), R.Processes.end(),
                               [](const report::Process &P) { return P.End == report::Ending::Running; });
  IsInUse = Running > 0;
  if (IsInUse && !Folder.empty())
    std::fprintf(stderr, "connsan run: %s still running; what they hold: connsan report %s.*\n",
                 report::counted(static_cast<uint64_t>(Running), "process").c_str(), Prefix.c_str());
  unsigned Leaked = 0;
  for (const report::Connection &C : R.Connections)
    Leaked += !C.Leaked.empty();
  if (std::none_of(R.Sites.begin(), R.Sites.end(), report::isTold))
    return Leaked;
  report::SymbolizeOptions Symbols;
  Symbols.Jobs = std::max(1U, std::thread::hardware_concurrency());
  report::nameFrames(R, Symbols);
  report::TextOptions Text;
  Text.Color = isatty(STDERR_FILENO) && !std::getenv("NO_COLOR");
  Text.Title = "connsan run: ";
  Text.Hints = false;
  for (const std::string &Problem : R.Problems)
    std::fprintf(stderr, "connsan run: %s\n", runtime::escapeText(Problem).c_str());
  report::writeText(std::cerr, R, Text);
  return Leaked;
}

} // namespace connsan::tool
