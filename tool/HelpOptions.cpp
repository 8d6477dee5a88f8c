#include "HelpOptions.h"

#include "Commands.h"

namespace connsan::tool {

ProgramCommandLine::ProgramCommandLine()
    : CommandLine("connsan", "Finds database-connection leaks in C and C++ programs that use libpq.",
                  "COMMAND [ARGUMENT...]") {
  std::vector<HelpSection::Row> Rows;
  for (const tool::Command &Each : commandList())
    Rows.push_back({Each.Name, Each.Summary});
  addSection("Commands", Rows);
}

HelpCommandLine::HelpCommandLine()
    : CommandLine("connsan help", "Tells about a command what connsan COMMAND --help tells.", "[COMMAND]") {
  std::vector<std::string> Names;
  for (const tool::Command &Each : commandList())
    Names.emplace_back(Each.Name);
  addChoice("COMMAND", Command, Names, "The command; without one, connsan as a whole");
  add_option("--man-pages", ManPagesDirectory, "Write the manual pages of all commands into DIR")
      ->type_name("DIR");
}

CompletionCommandLine::CompletionCommandLine()
    : CommandLine(
          "connsan completion",
          "Prints a script by which a shell completes the command line of connsan. Packages and 'cmake "
          "--install' put it where shells look for it.",
          "SHELL") {
  addChoice("SHELL", Shell, {"bash", "zsh", "fish"},
            "The shell; that of bash needs the package bash-completion")
      ->required();
  addSection("Examples", {{"eval \"$(connsan completion bash)\"", "Completes in this bash"},
                          {"connsan completion fish | source", "Completes in this fish"}});
}

} // namespace connsan::tool
