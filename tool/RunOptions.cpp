#include "RunOptions.h"

#include "options/Suppressions.h"

#include <algorithm>

namespace connsan::tool {
namespace {

/// `key=value` as the option list holds it, or nothing when no quote fits.
std::optional<std::string> quoted(const std::string &Key, const std::string &Value) {
  if (Value.find(':') == std::string::npos && Value.find_first_of("\"'") != 0)
    return Key + "=" + Value;
  for (char Quote : {'"', '\''})
    if (Value.find(Quote) == std::string::npos)
      return Key + "=" + Quote + Value + Quote;
  return std::nullopt;
}

} // namespace

RunCommandLine::RunCommandLine()
    : CommandLine(
          "connsan run",
          "Runs PROGRAM with the runtime preloaded and reports libpq connections that are held too long, "
          "left in a transaction or leaked. At its end, however it ends, all that it and the processes "
          "that it started left open is reported once more, by site. The exit status is PROGRAM's.",
          "[--] PROGRAM [ARGUMENT...]") {
  add_flag("--ci", Options.Ci,
           "What is open at exit counts as leaked, and a leak makes the exit status 23, as with "
           "--open_at_exit=leak --exitcode=23; a program that cannot be observed is not run");
  add_flag("--allow-unobserved", Options.AllowUnobserved,
           "With --ci, run a program that cannot be observed all the same");
  add_flag("--no-report", Options.NoReport, "No report at the end, and no state kept for it");
  for (const runtime::OptionRow &Row : runtime::optionRows()) {
    const std::string Key(Row.Key);
    if (Key == "help") // this very text
      continue;
    std::string Dashed = Key;
    std::replace(Dashed.begin(), Dashed.end(), '_', '-');
    auto Take = [this, Key](const std::string &Value) { Given.emplace_back(Key, Value); };
    add_option_function<std::string>("--" + Key + (Dashed == Key ? "" : ",--" + Dashed), Take,
                                     std::string(Row.Help))
        ->type_name(std::string(Row.Value))
        ->default_str(std::string(Row.Default))
        ->take_last()
        ->group("Options of the runtime, with their defaults");
  }
  add_option("PROGRAM", "The program, looked for in PATH, and its arguments")->type_name("PROGRAM");
  addSection(
      "Exit status",
      {{"2", "The program, the runtime or an option is missing or wrong, or with --ci the program cannot be "
             "observed; nothing was run"},
       {"23", "With --ci: something leaked"},
       {"other", "PROGRAM's"}});
  addSection("Environment",
             {{"CONNSAN_OPTIONS",
               "Options of the runtime as KEY=VALUE:KEY=VALUE; those of the command line come after them"},
              {"LD_PRELOAD", "The runtime is put before what stands there"}});
  addSection("Examples",
             {{"connsan run --held=5s -- ./program", "Reports connections that are held for five seconds"},
              {"connsan run --ci -- ./tests", "Fails when something is left open at the end"}});
}

std::optional<int> RunCommandLine::read(int argc, char **argv) {
  std::vector<std::string> Arguments = argumentsOf(argc, argv);
  const size_t Count = countOptions(Arguments);
  const bool HasSeparator = Count < Arguments.size() && Arguments[Count] == "--";
  Options.Program = argv + 1 + Count + (HasSeparator ? 1 : 0);
  Arguments.resize(Count);
  if (std::optional<int> Done = CommandLine::read(Arguments))
    return Done;
  runtime::Options Checked;
  for (const auto &[Key, Value] : Given) {
    if (std::string Problem; !Checked.set(Key, Value, Problem))
      return fail(Problem);
    const std::optional<std::string> Item = quoted(Key, Value);
    if (!Item)
      return fail("the value of '" + Key + "' cannot be quoted");
    Options.RuntimeOptions += (Options.RuntimeOptions.empty() ? "" : ":") + *Item;
  }
  std::vector<std::string> Wrong;
  if (!Checked.Suppressions.empty())
    runtime::readSuppressions(Checked.Suppressions, Wrong);
  for (const std::string &Mistake : Wrong)
    say(Mistake);
  if (!Wrong.empty())
    return Failure;
  if (!*Options.Program)
    return fail("no program to run; 'connsan run --help' tells the usage");
  return std::nullopt;
}

} // namespace connsan::tool
