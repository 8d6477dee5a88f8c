#include "Completion.h"
#include "OptionValue.h"

namespace connsan::tool {
namespace {

/// In single quotes, where `_arguments` takes brackets and colons for its own.
std::string escaped(const std::string &Text) {
  std::string Result;
  for (char C : Text) {
    if (C == '\'')
      Result += "'\\'";
    else if (C == '[' || C == ']' || C == ':' || C == '\\')
      Result += '\\';
    Result += C;
  }
  return Result;
}

std::string action(const CLI::Option &Option) {
  switch (valueKind(Option)) {
  case ValueKind::Choice:
    return "(" + CLI::detail::join(choicesOf(Option), " ") + ")";
  case ValueKind::File:
    return "_files";
  case ValueKind::Directory:
    return "_directories";
  case ValueKind::Program:
    return "_command_names -e";
  case ValueKind::None:
  case ValueKind::Other:
    return " ";
  }
  return " ";
}

std::string value(const CLI::Option &Option) {
  return valueKind(Option) == ValueKind::None ? ""
                                              : ":" + escaped(Option.get_type_name()) + ":" + action(Option);
}

std::string option(const CLI::Option &Option) {
  const std::string Tail = "[" + escaped(briefHelp(Option)) + "]" + value(Option);
  const bool TakesValue = valueKind(Option) != ValueKind::None;
  const std::string Repeated = Option.get_items_expected_max() > 1 ? "*" : "";
  std::string Text;
  for (const std::string &Short : Option.get_snames())
    Text += " \\\n        '" + Repeated + "-" + Short + (TakesValue ? "+" : "") + Tail + "'";
  if (!Option.get_lnames().empty())
    Text += " \\\n        '" + Repeated + "--" + Option.get_lnames().front() + (TakesValue ? "=" : "") +
            Tail + "'";
  return Text;
}

std::string arguments(const CommandLine &Line) {
  // No options after the operands of a command that runs a program.
  std::string Flags = "-s -S", Text;
  for (const CLI::Option *Option : Line.get_options()) {
    if (!Option->get_positional()) {
      Text += option(*Option);
    } else if (valueKind(*Option) == ValueKind::Program) {
      Flags += " -A '-*'";
      Text += " \\\n        '(-)1:PROGRAM:_command_names -e' '*::ARGUMENT:_normal'";
    } else {
      Text += " \\\n        '*:" + escaped(Option->get_name(true)) + ":" + action(*Option) + "'";
    }
  }
  return "_arguments " + Flags + Text;
}

} // namespace

std::string zshCompletion(const std::vector<CompletedCommand> &Commands) {
  std::string Text =
      "#compdef connsan\n\n_connsan() {\n  if (( CURRENT == 2 )); then\n    local -a commands=(";
  for (const CompletedCommand &Command : Commands)
    Text += "\n      '" + Command.Name + ":" + escaped(Command.Summary) + "'";
  Text +=
      "\n    )\n    _describe command commands -- \"( '--help:print the usage' '--version:print the version' "
      ")\"\n"
      "    return\n  fi\n  local command=$words[2]\n  shift words\n  (( CURRENT-- ))\n  case $command in\n";
  for (const CompletedCommand &Command : Commands)
    Text += "    (" + Command.Name + ")\n      " + arguments(*Command.Line) + "\n      ;;\n";
  return Text + "  esac\n}\n\n_connsan \"$@\"\n";
}

} // namespace connsan::tool
