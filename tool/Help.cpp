#include "Commands.h"
#include "HelpOptions.h"

#include "help/ManPage.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <iostream>

namespace connsan::tool {
namespace {

struct Page {
  std::unique_ptr<CommandLine> Line;
  std::string Summary;
};

std::vector<Page> pages() {
  std::vector<Page> All;
  auto Program = std::make_unique<ProgramCommandLine>();
  All.push_back({std::move(Program), "find database-connection leaks of programs that use libpq"});
  for (const Command &Each : commandList())
    All.push_back({Each.MakeLine(), Each.Summary});
  return All;
}

int writeManPages(const std::string &Directory, const CommandLine &Line) {
  const std::vector<Page> All = pages();
  for (const Page &Each : All) {
    std::vector<std::string> Others;
    for (const Page &Other : All)
      if (&Other != &Each)
        Others.push_back(pageName(*Other.Line));
    const std::string File = Directory + "/" + pageName(*Each.Line) + ".1";
    errno = 0;
    std::ofstream Out(File, std::ios::binary);
    Out << manPage(*Each.Line, Each.Summary, Others);
    Out.close();
    if (!Out)
      return Line.fail("cannot write " + File + ": " + std::strerror(errno));
  }
  return 0;
}

} // namespace

int helpMain(int argc, char **argv) {
  HelpCommandLine Line;
  if (std::optional<int> Done = Line.read(argumentsOf(argc, argv)))
    return *Done;
  if (!Line.ManPagesDirectory.empty())
    return writeManPages(Line.ManPagesDirectory, Line);
  for (const Page &Each : pages())
    if (Each.Line->get_name() == (Line.Command.empty() ? "connsan" : "connsan " + Line.Command))
      std::cout << Each.Line->help();
  return 0;
}

} // namespace connsan::tool
