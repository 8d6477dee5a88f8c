#include "Commands.h"
#include "Installation.h"
#include "KeptStates.h"
#include "Observable.h"
#include "ProgramPath.h"
#include "RunOptions.h"
#include "Supervise.h"

#include "options/Options.h"

#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <optional>
#include <string>
#include <sys/wait.h>
#include <vector>

namespace fs = std::filesystem;

namespace {

using namespace connsan::tool;
namespace runtime = connsan::runtime;

/// To a list whose separator is a colon.
void append(std::string &List, const std::string &Item) {
  if (!List.empty() && !Item.empty())
    List += ':';
  List += Item;
}

/// AddressSanitizer ends a program in which a preloaded library comes before its own, for fear of one that
/// takes its functions' place; ours takes none of them. What the program starts may be built with it as well.
void letSanitizersRun() {
  constexpr const char *Name = "ASAN_OPTIONS";
  const char *Before = std::getenv(Name);
  std::string Value = Before ? Before : "";
  append(Value, "verify_asan_link_order=0");
  setenv(Name, Value.c_str(), 1);
}

/// A process that leaked has the exit status for that; its parent need not have cared.
int withLeaks(int Status, unsigned Leaked, const std::string &List) {
  runtime::Options Given;
  std::vector<std::string> Problems;
  Given.parse(List, Problems);
  return Leaked && Status == 0 ? W_EXITCODE(Given.ExitCode, 0) : Status;
}

Ended runAndReport(const fs::path &Program, char **Arguments, std::string List, bool Report) {
  std::optional<KeptStates> States;
  if (Report)
    States.emplace(List);
  if (States && !States->setting().empty())
    List = States->setting() + (List.empty() ? "" : ":") + List;
  if (!List.empty())
    setenv("CONNSAN_OPTIONS", List.c_str(), 1);
  Ended End = supervise(Program, Arguments);
  if (States && !End.Error)
    End.Status = withLeaks(End.Status, States->report(), List);
  return End;
}

} // namespace

int connsan::tool::runMain(int argc, char **argv) {
  RunCommandLine Line;
  if (std::optional<int> Done = Line.read(argc, argv))
    return *Done;
  const RunOptions &Options = Line.Options;
  const char *Inherited = std::getenv("CONNSAN_OPTIONS");
  std::string List = Inherited ? Inherited : "";
  if (Options.Ci)
    append(List, "open_at_exit=leak:exitcode=23");
  // What is asked for by name comes last and wins, wherever --ci stood.
  append(List, Options.RuntimeOptions);

  std::string Problem;
  auto Program = findProgram(*Options.Program, Problem);
  if (!Program)
    return Line.fail(Problem);
  auto Library = findRuntime();
  if (!Library)
    return Line.fail(std::string("libconnsan_rt.so is missing: neither beside this program nor in ") +
                     RuntimeDirectory);
  if (Library->string().find_first_of(" :") != std::string::npos)
    return Line.fail("the loader cannot preload from '" + Library->string() +
                     "': a space or colon in the path");
  // What would look like a program without leaks is no success.
  auto Obstacles = obstaclesTo(*Program, *Library, runtime::switchIn(List, "follow_exec", true));
  bool Refused = Options.Ci && !Options.AllowUnobserved && !Obstacles.empty();
  for (const std::string &Obstacle : Obstacles)
    Line.say((Refused ? "" : "warning: ") + Obstacle);
  if (Refused)
    return Line.fail("nothing was run; --allow-unobserved runs it all the same");

  std::string Preload = Library->string();
  if (const char *Before = std::getenv("LD_PRELOAD"); Before && *Before)
    append(Preload, Before);
  setenv("LD_PRELOAD", Preload.c_str(), 1);
  letSanitizersRun();
  Ended End = runAndReport(*Program, Options.Program, List, !Options.NoReport);
  if (End.Error)
    return Line.fail("cannot run '" + Program->string() + "': " + std::strerror(End.Error));
  endLike(End.Status);
  return 0;
}
