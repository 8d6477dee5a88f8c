#include "ReportOptions.h"

#include <algorithm>
#include <thread>

namespace connsan::tool {

ReportCommandLine::ReportCommandLine()
    : CommandLine("connsan report",
                  "Reports who holds connections: of processes that live, that ended, or that were killed.",
                  "[FILE...]") {
  Options.Symbols.Jobs = std::max(1U, std::thread::hardware_concurrency());
  add_option(
      "FILE", Options.Files,
      "States (PREFIX.PID.state) and logs (PREFIX.PID.jsonl) that the runtime wrote, or directories of "
      "them")
      ->type_name("FILE");
  add_option("--pid", Options.Pids, "Report on this live process; may be given several times")
      ->type_name("N")
      ->allow_extra_args(false);
  add_flag("--all", Options.All, "Report on all live processes of this host that keep a state");
  auto *Json = add_flag("--json", Options.Json, "Write JSON");
  add_flag("--html", Options.Html, "Write one self-contained HTML page")->excludes(Json);
  add_option("-o,--output", Options.Output, "Write to this file (default: standard output)")
      ->type_name("FILE");
  add_option("--connections", Options.Text.Connections,
             "Connections listed of each site; 0: all (default: 5)")
      ->type_name("N");
  add_flag("--all-sites", Options.Text.AllSites, "List sites with nothing open too");
  add_option("--root", Options.Symbols.Root, "Where the programs' paths are looked up, as a container's root")
      ->type_name("DIR");
  add_option("--debug-dir", Options.Symbols.DebugDirectories,
             "Directory with .build-id/ab/cdef.debug, beside /usr/lib/debug; may be given several times")
      ->type_name("DIR")
      ->allow_extra_args(false);
  add_option("--symbolizer", Options.Symbols.Program,
             "llvm-symbolizer (default: LLVM_SYMBOLIZER_PATH, or found on PATH)")
      ->type_name("PROGRAM");
  add_flag("--no-symbols", Options.NoSymbols, "Name no frames but those that a log names");
  add_option("-j,--jobs", Options.Symbols.Jobs, "Symbolizers at a time (default: one for each processor)")
      ->type_name("N");
  addChoice("--color", Options.Color, {"auto", "always", "never"},
            "Whether to write in colour (default: auto, on a terminal)");
  addSection(
      "Exit status",
      {{"0", "All was read"},
       {"2",
        "Something could not be read, or not as a whole: said in one line each, and the rest is reported"}});
  addSection("Environment", {{"LLVM_SYMBOLIZER_PATH", "llvm-symbolizer, by which frames are named"},
                             {"DEBUGINFOD_URLS", "Servers of debug information, which llvm-symbolizer asks"},
                             {"NO_COLOR", "Set: no colour, unless --color=always"}});
  addSection("Examples",
             {{"connsan report --all", "Who holds connections now"},
              {"connsan report --html -o page.html log/", "All files of a directory, as a page"}});
}

std::optional<int> ReportCommandLine::read(int argc, char **argv) {
  if (std::optional<int> Done = CommandLine::read(argumentsOf(argc, argv)))
    return Done;
  if (Options.Files.empty() && Options.Pids.empty() && !Options.All)
    return fail("nothing to report on: name files, --pid or --all; 'connsan report --help' tells the usage");
  return std::nullopt;
}

} // namespace connsan::tool
