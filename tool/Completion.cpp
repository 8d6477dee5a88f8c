#include "Commands.h"
#include "HelpOptions.h"

#include "help/Completion.h"

#include <iostream>

int connsan::tool::completionMain(int argc, char **argv) {
  CompletionCommandLine Line;
  if (std::optional<int> Done = Line.read(argumentsOf(argc, argv)))
    return *Done;
  std::vector<CompletedCommand> All;
  for (const Command &Each : commandList())
    All.push_back({Each.Name, Each.Summary, Each.MakeLine()});
  if (Line.Shell == "bash")
    std::cout << bashCompletion(All);
  else if (Line.Shell == "zsh")
    std::cout << zshCompletion(All);
  else
    std::cout << fishCompletion(All);
  return 0;
}
