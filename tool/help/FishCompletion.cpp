#include "Completion.h"
#include "OptionValue.h"

namespace connsan::tool {
namespace {

std::string quoted(const std::string &Text) {
  std::string Result = "'";
  for (char C : Text) {
    if (C == '\'' || C == '\\')
      Result += '\\';
    Result += C;
  }
  return Result + "'";
}

std::string value(const CLI::Option &Option) {
  switch (valueKind(Option)) {
  case ValueKind::None:
    return "";
  case ValueKind::Choice:
    return " -x -a " + quoted(CLI::detail::join(choicesOf(Option), " "));
  case ValueKind::File:
    return " -r -F";
  case ValueKind::Directory:
    return " -x -a '(__connsan_directories)'";
  case ValueKind::Program:
    return " -x -a '(__fish_complete_command)'";
  case ValueKind::Other:
    return " -x";
  }
  return "";
}

std::string option(const CLI::Option &Option) {
  std::string Text;
  for (const std::string &Short : Option.get_snames())
    Text += " -s " + Short;
  if (!Option.get_lnames().empty())
    Text += " -l " + Option.get_lnames().front();
  return Text + value(Option) + " -d " + quoted(briefHelp(Option));
}

/// Those after which the next word is no program. fish takes the first words for options of its own function.
std::string optionsWithValue(const CommandLine &Line) {
  std::string Text;
  for (const CLI::Option *Option : Line.get_options())
    if (!Option->get_positional() && valueKind(*Option) != ValueKind::None)
      Text += " " + CLI::detail::join(namesOf(*Option), " ");
  return Text;
}

std::string operand(const CommandLine &Line, const CLI::Option &Option) {
  switch (valueKind(Option)) {
  case ValueKind::File:
    return " -F";
  case ValueKind::Program:
    return " -x -a '(__fish_complete_subcommand --fcs-skip=2 -" + optionsWithValue(Line) + ")'";
  default:
    return value(Option);
  }
}

} // namespace

std::string fishCompletion(const std::vector<CompletedCommand> &Commands) {
  std::string Text =
      "# fish completion for connsan\n"
      "function __connsan_command\n"
      "    set -l words (commandline -opc)\n"
      "    test (count $words) -gt 1; and test \"$words[2]\" = \"$argv[1]\"\n"
      "end\n"
      "function __connsan_no_command\n"
      "    test (count (commandline -opc)) -eq 1\n"
      "end\n"
      "function __connsan_directories\n"
      "    __fish_complete_directories (string replace -r '^--[^=]*=' '' -- (commandline -ct))\n"
      "end\n\n"
      "complete -c connsan -f\n"
      "complete -c connsan -n __connsan_no_command -l help -d 'Print the usage'\n"
      "complete -c connsan -n __connsan_no_command -l version -d 'Print the version'\n";
  for (const CompletedCommand &Command : Commands) {
    Text += "\ncomplete -c connsan -n __connsan_no_command -a " + Command.Name + " -d " +
            quoted(Command.Summary) + "\n";
    const std::string Begin = "complete -c connsan -n '__connsan_command " + Command.Name + "'";
    for (const CLI::Option *Option : Command.Line->get_options())
      Text += Begin + (Option->get_positional() ? operand(*Command.Line, *Option) : option(*Option)) + "\n";
  }
  return Text;
}

} // namespace connsan::tool
