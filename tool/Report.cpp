#include "Commands.h"
#include "ReportOptions.h"

#include "report/Inputs.h"
#include "report/Living.h"
#include "report/Make.h"
#include "report/Page.h"
#include "report/WriteJson.h"
#include "report/WriteText.h"

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <iostream>
#include <sstream>
#include <unistd.h>

namespace {

using namespace connsan::report;
using connsan::tool::ReportOptions;

bool wantsColor(const ReportOptions &A) {
  if (A.Color != "auto" || !A.Output.empty())
    return A.Color == "always";
  const char *Term = std::getenv("TERM");
  return isatty(STDOUT_FILENO) && !std::getenv("NO_COLOR") && Term && std::strcmp(Term, "dumb") != 0;
}

/// Returns what went wrong, or nothing.
std::string write(std::ostream &Out, const Report &R, const ReportOptions &A) {
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
std::string writeOutput(const Report &R, const ReportOptions &A) {
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
  ReportCommandLine Line;
  if (std::optional<int> Done = Line.read(argc, argv))
    return *Done;
  ReportOptions &A = Line.Options;
  if (A.Html && A.Output.empty() && isatty(STDOUT_FILENO))
    return Line.fail("--html writes a page, which is nothing for a terminal: name a file with -o");
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
    Line.say(Problem);
  if (Inputs.empty() && !A.All)
    return CommandLine::Failure;
  A.Text.Color = wantsColor(A);
  if (std::string Problem = writeOutput(R, A); !Problem.empty())
    return Line.fail(Problem);
  return Good ? 0 : CommandLine::Failure;
}
