#include "CommandLine.h"

#include "HelpLayout.h"

#include "options/Options.h"
#include "report/Escape.h"

#include <connsan/Version.h>

#include <algorithm>
#include <charconv>
#include <cstdio>
#include <utility>

namespace connsan::tool {
namespace {

std::string expected(const std::string &What, const std::string &Given) {
  return "expected " + What + ", not '" + Given + "'";
}

/// "a, b or c"
std::string enumerate(const std::vector<std::string> &Words) {
  std::string Text;
  for (size_t I = 0; I < Words.size(); ++I)
    Text += (I == 0 ? "" : I + 1 == Words.size() ? " or " : ", ") + Words[I];
  return Text;
}

} // namespace

CommandLine::CommandLine(const std::string &Name, const std::string &Description, std::string Operands)
    : App(Description, Name), Operands(std::move(Operands)) {
  formatter(std::make_shared<HelpLayout>());
  set_help_flag("-h,--help", "Print this text");
  set_version_flag("--version", "connsan " CONNSAN_VERSION, "Print the version");
  // What is left over is told below.
  allow_extras();
}

void CommandLine::addSection(const std::string &Title, std::vector<HelpSection::Row> Rows) {
  Sections.push_back({Title, std::move(Rows)});
}

CLI::Option *CommandLine::addChoice(const std::string &Names, std::string &To,
                                    const std::vector<std::string> &Choices, const std::string &Help) {
  auto IsChoice = [Choices](const std::string &Given) {
    return std::find(Choices.begin(), Choices.end(), Given) != Choices.end()
               ? std::string()
               : expected(enumerate(Choices), Given);
  };
  return add_option(Names, To, Help)->type_name(CLI::detail::join(Choices, "|"))->check(IsChoice);
}

std::optional<int> CommandLine::read(const std::vector<std::string> &Arguments) {
  std::string Lacking;
  std::vector<std::string> Reversed = withValuesApart(Arguments, Lacking);
  if (!Lacking.empty())
    return fail(Lacking + " expects a value: " + optionText(*get_option(Lacking)));
  std::reverse(Reversed.begin(), Reversed.end());
  try {
    parse(std::move(Reversed));
  } catch (const CLI::Success &HelpOrVersion) {
    return exit(HelpOrVersion);
  } catch (const CLI::ArgumentMismatch &Error) {
    const std::string Text = Error.what();
    return fail(Text.substr(0, Text.find(':')) + " may be given only once");
  } catch (const CLI::ParseError &Error) {
    return fail(Error.what());
  }
  if (!remaining().empty())
    return fail("unknown option '" + remaining().front() + "'; '" + get_name() + " --help' lists them");
  return std::nullopt;
}

bool CommandLine::takesValue(const std::string &Name) const {
  const CLI::Option *Option = get_option_no_throw(Name);
  return Option && Option->get_items_expected_min() > 0;
}

/// CLI11 takes the next argument for the value of `--output=`, and the sign for a part of it in `-p=BUILD`.
std::vector<std::string> CommandLine::withValuesApart(const std::vector<std::string> &Arguments,
                                                      std::string &Lacking) const {
  std::vector<std::string> Apart;
  for (auto Next = Arguments.begin(); Next != Arguments.end(); ++Next) {
    if (*Next == "--") {
      Apart.insert(Apart.end(), Next, Arguments.end());
      break;
    }
    const size_t Equals = Next->find('=');
    const std::string Name = Next->substr(0, Equals);
    Apart.push_back(takesValue(Name) ? Name : *Next);
    if (!takesValue(Name))
      continue;
    if (Equals != std::string::npos)
      Apart.push_back(Next->substr(Equals + 1));
    else if (std::next(Next) != Arguments.end())
      Apart.push_back(*++Next);
    else
      Lacking = Name;
  }
  return Apart;
}

size_t CommandLine::countOptions(const std::vector<std::string> &Arguments) const {
  size_t Count = 0;
  while (Count < Arguments.size() && Arguments[Count].starts_with('-') && Arguments[Count] != "--")
    Count += takesValue(Arguments[Count]) ? 2 : 1;
  return std::min(Count, Arguments.size());
}

void CommandLine::say(const std::string &Text) const {
  // The names of files are in some.
  std::fprintf(stderr, "%s: %s\n", get_name().c_str(), runtime::escapeText(Text).c_str());
}

int CommandLine::fail(const std::string &Mistake) const {
  say(Mistake);
  return Failure;
}

std::vector<std::string> argumentsOf(int argc, char **argv) {
  return {argv + 1, argv + argc};
}

CLI::Validator isDuration() {
  auto Check = [](const std::string &Given) {
    runtime::Duration Ignored;
    return runtime::parseDuration(Given, Ignored) ? std::string()
                                                  : expected("a duration such as 500ms or 10s", Given);
  };
  return {Check, ""};
}

CLI::Validator isNotEmpty() {
  auto Check = [](const std::string &Given) {
    return Given.empty() ? expected("a value", Given) : std::string();
  };
  return {Check, ""};
}

CLI::Validator isPositive() {
  auto Check = [](const std::string &Given) {
    unsigned Number = 0;
    auto [End, Error] = std::from_chars(Given.data(), Given.data() + Given.size(), Number);
    return Error == std::errc() && End == Given.data() + Given.size() && Number > 0
               ? std::string()
               : expected("a number from 1", Given);
  };
  return {Check, ""};
}

} // namespace connsan::tool
