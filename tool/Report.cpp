#include "Commands.h"

#include "report/Inputs.h"
#include "report/Living.h"
#include "report/Make.h"
#include "report/Page.h"
#include "report/WriteJson.h"
#include "report/WriteText.h"

#include "report/Escape.h"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <iostream>
#include <sstream>
#include <thread>
#include <unistd.h>

namespace {

using namespace connsan::report;

constexpr int Failure = 2;

void say(const std::string &Line) {
  // The names of files are in some.
  std::fprintf(stderr, "connsan report: %s\n", connsan::runtime::escapeText(Line).c_str());
}

struct Arguments {
  std::vector<std::string> Files;
  std::vector<int> Pids;
  bool All = false, Json = false, Html = false;
  std::string Output;
  std::string Color = "auto";
  bool NoSymbols = false;
  SymbolizeOptions Symbols;
  TextOptions Text;
};

void declare(CLI::App &App, Arguments &To) {
  App.get_formatter()->column_width(30);
  App.add_option("FILE", To.Files,
                 "States (PREFIX.PID.state) and logs (PREFIX.PID.jsonl) that the runtime wrote, or "
                 "directories of them")
      ->type_name(" ");
  App.add_option("--pid", To.Pids, "Report on this live process; may be given several times")
      ->type_name("N")
      ->allow_extra_args(false);
  App.add_flag("--all", To.All, "Report on all live processes of this host that keep a state");
  auto *Json = App.add_flag("--json", To.Json, "Write JSON");
  App.add_flag("--html", To.Html, "Write one self-contained HTML page")->excludes(Json);
  App.add_option("-o,--output", To.Output, "Write to this file (default: standard output)")
      ->type_name("FILE");
  App.add_option("--connections", To.Text.Connections, "Connections listed of each site; 0: all (default: 5)")
      ->type_name("N");
  App.add_flag("--all-sites", To.Text.AllSites, "List sites with nothing open too");
  App.add_option("--root", To.Symbols.Root, "Where the programs' paths are looked up, as a container's root")
      ->type_name("DIR");
  App.add_option("--debug-dir", To.Symbols.DebugDirectories,
                 "Directory with .build-id/ab/cdef.debug, beside /usr/lib/debug; may be given several times")
      ->type_name("DIR")
      ->allow_extra_args(false);
  App.add_option("--symbolizer", To.Symbols.Program,
                 "llvm-symbolizer (default: LLVM_SYMBOLIZER_PATH, or found on PATH)")
      ->type_name("PROGRAM");
  App.add_flag("--no-symbols", To.NoSymbols, "Name no frames but those that a log names");
  App.add_option("-j,--jobs", To.Symbols.Jobs, "Symbolizers at a time (default: one for each processor)")
      ->type_name("N");
  App.add_option("--color", To.Color, "auto, always or never (default: auto, on a terminal)")
      ->type_name("WHEN")
      ->check(CLI::IsMember({"auto", "always", "never"}).description(""));
  App.footer("Exit status: 0, or 2 when something could not be read, or not as a whole: said in one line "
             "each, and the "
             "rest is reported.");
}

bool wantsColor(const Arguments &A) {
  if (A.Color != "auto" || !A.Output.empty())
    return A.Color == "always";
  const char *Term = std::getenv("TERM");
  return isatty(STDOUT_FILENO) && !std::getenv("NO_COLOR") && Term && std::strcmp(Term, "dumb") != 0;
}

/// Returns what went wrong, or nothing.
std::string write(std::ostream &Out, const Report &R, const Arguments &A) {
  if (A.Html) {
    std::ostringstream Data;
    writeJson(Data, R);
    return writePage(Out, Data.view());
  }
  if (A.Json)
    writeJson(Out, R);
  else
    writeText(Out, R, A.Text);
  return {};
}

/// Returns what went wrong, or nothing.
std::string writeOutput(const Report &R, const Arguments &A) {
  errno = 0;
  if (A.Output.empty()) {
    if (std::string Problem = write(std::cout, R, A); !Problem.empty())
      return Problem;
    std::cout.flush();
    return std::cout ? std::string() : "cannot write the report: " + std::string(std::strerror(errno));
  }
  std::ofstream File(A.Output, std::ios::binary);
  if (File)
    if (std::string Problem = write(File, R, A); !Problem.empty())
      return Problem;
  File.close();
  return File ? std::string() : "cannot write " + A.Output + ": " + std::strerror(errno);
}

} // namespace

int connsan::tool::reportMain(int argc, char **argv) {
  Arguments A;
  A.Symbols.Jobs = std::max(1U, std::thread::hardware_concurrency());
  CLI::App App("Reports who holds connections: of processes that live, that ended, or that were killed.",
               "connsan report");
  declare(App, A);
  try {
    App.parse(argc, argv);
  } catch (const CLI::CallForHelp &Help) {
    return App.exit(Help);
  } catch (const CLI::ParseError &Error) {
    say(std::string(Error.what()) + "; 'connsan report --help' tells the usage");
    return Failure;
  }
  if (A.Files.empty() && A.Pids.empty() && !A.All) {
    say("nothing to report on: name files, --pid or --all; 'connsan report --help' tells the usage");
    return Failure;
  }
  if (A.Html && A.Output.empty() && isatty(STDOUT_FILENO)) {
    say("--html writes a page, which is nothing for a terminal: name a file with -o");
    return Failure;
  }
  Report R;
  std::vector<Input> Inputs = findInputs(A.Files, R.Problems);
  auto Add = [&Inputs](const std::vector<Input> &More) {
    Inputs.insert(Inputs.end(), More.begin(), More.end());
  };
  for (int Pid : A.Pids)
    Add(findState(Pid, R.Problems));
  size_t Missing = R.Problems.size();
  if (A.All)
    Add(findStates(R.Problems));
  bool Good = makeReport(Inputs, A.NoSymbols ? nullptr : &A.Symbols, R) && Missing == 0;
  for (const std::string &Problem : R.Problems)
    say(Problem);
  if (Inputs.empty() && !A.All)
    return Failure;
  A.Text.Color = wantsColor(A);
  if (std::string Problem = writeOutput(R, A); !Problem.empty()) {
    say(Problem);
    return Failure;
  }
  return Good ? 0 : Failure;
}
