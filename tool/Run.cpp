#include "Commands.h"
#include "KeptStates.h"
#include "Observable.h"
#include "ProgramPath.h"
#include "Supervise.h"

#include "options/Suppressions.h"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <sys/wait.h>
#include <unistd.h>
#include <vector>

namespace fs = std::filesystem;

namespace {

using namespace connsan::tool;
namespace runtime = connsan::runtime;

constexpr int Failure = 2;
constexpr const char *LibraryName = "libconnsan_rt.so";

int fail(const std::string &Line) {
  std::fprintf(stderr, "connsan run: %s\n", Line.c_str());
  return Failure;
}

void warn(const std::string &Line) {
  std::fprintf(stderr, "connsan run: warning: %s\n", Line.c_str());
}

void help() {
  std::fputs(
      "usage: connsan run [--ci] [--allow-unobserved] [--no-report] [--OPTION=VALUE...] [--] PROGRAM "
      "[ARGUMENT...]\n\n"
      "Runs PROGRAM with the runtime preloaded and reports libpq connections that are held too long, left "
      "in\n"
      "a transaction or leaked. At its end, however it ends, all that it and the processes that it started\n"
      "left open is reported once more, by site. The exit status is PROGRAM's.\n\n"
      "  --ci       what is open at exit counts as leaked, and a leak makes the exit status 23, as with\n"
      "             --open_at_exit=leak --exitcode=23; a program that cannot be observed is not run\n"
      "  --allow-unobserved\n"
      "             with --ci, runs a program that cannot be observed all the same\n"
      "  --no-report\n"
      "             no report at the end, and no state kept for it\n"
      "  --help     this text\n\n"
      "Options of the runtime, with their defaults; they go into CONNSAN_OPTIONS, after what stands there:\n",
      stdout);
  std::fputs(connsan::runtime::optionsHelp().c_str(), stdout);
  std::fputs(
      "\nExit status 2: the program, the runtime or an option is missing or wrong, or with --ci the program "
      "cannot be\nobserved; nothing was run.\n",
      stdout);
}

std::optional<fs::path> findLibrary() {
  std::error_code Error;
  fs::path Self = fs::read_symlink("/proc/self/exe", Error);
  std::vector<fs::path> Places;
  if (!Error)
    Places = {Self.parent_path() / "../lib" / LibraryName,
              Self.parent_path() / CONNSAN_LIBDIR_FROM_BIN / LibraryName};
  Places.push_back(fs::path(CONNSAN_LIBDIR) / LibraryName);
  for (const fs::path &Place : Places)
    if (fs::exists(Place, Error))
      return fs::canonical(Place, Error);
  return std::nullopt;
}

/// `key=value` as the option list holds it, or nothing when no quote fits.
std::optional<std::string> quoted(const std::string &Key, const std::string &Value) {
  if (Value.find(':') == std::string::npos && Value.find_first_of("\"'") != 0)
    return Key + "=" + Value;
  for (char Quote : {'"', '\''})
    if (Value.find(Quote) == std::string::npos)
      return Key + "=" + Quote + Value + Quote;
  return std::nullopt;
}

void append(std::string &List, const std::string &Item, char Separator) {
  if (!List.empty())
    List += Separator;
  List += Item;
}

/// AddressSanitizer ends a program in which a preloaded library comes before its own, for fear of one that
/// takes its functions' place; ours takes none of them. What the program starts may be built with it as well.
void letSanitizersRun() {
  constexpr const char *Name = "ASAN_OPTIONS";
  const char *Before = std::getenv(Name);
  std::string Value = Before ? Before : "";
  append(Value, "verify_asan_link_order=0", ':');
  setenv(Name, Value.c_str(), 1);
}

/// A process that leaked has the exit status for that; its parent need not have cared.
int withLeaks(int Status, unsigned Leaked, const std::string &List) {
  runtime::Options Given;
  std::vector<std::string> Problems;
  Given.parse(List, Problems);
  return Leaked && Status == 0 ? W_EXITCODE(Given.ExitCode, 0) : Status;
}

/// Returns how the program ended, as waitpid tells it; -1 when it could not be run.
int runAndReport(const fs::path &Program, char **Arguments, std::string List, bool Report) {
  std::optional<KeptStates> States;
  if (Report)
    States.emplace(List);
  if (States && !States->setting().empty())
    List = States->setting() + (List.empty() ? "" : ":") + List;
  if (!List.empty())
    setenv("CONNSAN_OPTIONS", List.c_str(), 1);
  Ended End = supervise(Program, Arguments);
  if (End.Error) {
    fail("cannot run '" + Program.string() + "': " + std::strerror(End.Error));
    return -1;
  }
  return States ? withLeaks(End.Status, States->report(), List) : End.Status;
}

} // namespace

int connsan::tool::runMain(int argc, char **argv) {
  const char *Inherited = std::getenv("CONNSAN_OPTIONS");
  std::string List = Inherited ? Inherited : "";
  std::string Chosen;
  runtime::Options Checked;
  bool Ci = false, AllowUnobserved = false, Report = true;
  int I = 1;
  for (; I < argc && argv[I][0] == '-'; ++I) {
    std::string Argument = argv[I];
    if (Argument == "--") {
      ++I;
      break;
    }
    if (Argument == "--help" || Argument == "-h") {
      help();
      return 0;
    }
    if (Argument == "--ci") {
      append(List, "open_at_exit=leak:exitcode=23", ':');
      Ci = true;
      continue;
    }
    if (Argument == "--no-report") {
      Report = false;
      continue;
    }
    if (Argument == "--allow-unobserved") {
      AllowUnobserved = true;
      continue;
    }
    size_t Equals = Argument.find('=');
    if (!Argument.starts_with("--") || Equals == std::string::npos)
      return fail("unknown option '" + Argument + "'; 'connsan run --help' lists them");
    std::string Key = Argument.substr(2, Equals - 2), Value = Argument.substr(Equals + 1);
    std::replace(Key.begin(), Key.end(), '-', '_');
    std::string Problem;
    if (!Checked.set(Key, Value, Problem))
      return fail(Problem);
    auto Item = quoted(Key, Value);
    if (!Item)
      return fail("the value of '" + Key + "' cannot be quoted");
    append(Chosen, *Item, ':');
  }
  std::vector<std::string> Wrong;
  if (!Checked.Suppressions.empty())
    runtime::readSuppressions(Checked.Suppressions, Wrong);
  for (const std::string &Line : Wrong)
    fail(Line);
  if (!Wrong.empty())
    return Failure;
  if (I >= argc)
    return fail("no program to run; 'connsan run --help' tells the usage");
  // What is asked for here comes last and wins, wherever --ci stood.
  if (!Chosen.empty())
    append(List, Chosen, ':');

  std::string Problem;
  auto Program = findProgram(argv[I], Problem);
  if (!Program)
    return fail(Problem);
  auto Library = findLibrary();
  if (!Library)
    return fail(std::string(LibraryName) + " is missing: neither beside this program nor in " CONNSAN_LIBDIR);
  if (Library->string().find_first_of(" :") != std::string::npos)
    return fail("the loader cannot preload from '" + Library->string() + "': a space or colon in the path");
  // What would look like a program without leaks is no success.
  auto Obstacles = obstaclesTo(*Program, *Library, runtime::switchIn(List, "follow_exec", true));
  bool Refused = Ci && !AllowUnobserved && !Obstacles.empty();
  for (const std::string &Line : Obstacles)
    Refused ? static_cast<void>(fail(Line)) : warn(Line);
  if (Refused)
    return fail("nothing was run; --allow-unobserved runs it all the same");

  std::string Preload = Library->string();
  if (const char *Before = std::getenv("LD_PRELOAD"); Before && *Before)
    append(Preload, Before, ':');
  setenv("LD_PRELOAD", Preload.c_str(), 1);
  letSanitizersRun();
  int Status = runAndReport(*Program, argv + I, List, Report);
  return Status < 0 ? Failure : (endLike(Status), 0);
}
