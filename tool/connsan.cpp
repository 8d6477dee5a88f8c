#include "Commands.h"
#include "HelpOptions.h"

#include <iostream>
#include <string_view>

int main(int argc, char **argv) {
  using namespace connsan::tool;
  ProgramCommandLine Line;
  if (argc < 2) {
    std::cerr << Line.help();
    return CommandLine::Failure;
  }
  const std::string_view Name = argv[1];
  for (const Command &Each : commandList())
    if (Each.Name == Name)
      return Each.Main(argc - 1, argv + 1);
  if (!Name.starts_with('-'))
    return Line.fail("unknown command '" + std::string(Name) + "'; 'connsan --help' lists them");
  const std::optional<int> Done = Line.read({argv[1]});
  return Done ? *Done : Line.fail("no command after " + std::string(Name));
}
