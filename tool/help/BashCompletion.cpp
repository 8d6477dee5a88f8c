#include "Completion.h"
#include "OptionValue.h"

// The script uses what the package bash-completion has loaded before it loads this one.
namespace connsan::tool {
namespace {

constexpr const char *Beginning = R"(# bash completion for connsan

# Whether a program is completed, or what comes after it: it begins after "--" or with the first word that is no option
# and no value of one. $1 has the options that take the next word. COMP_WORDS has "=" as a word.
_connsan_program()
{
    local i word before
    for ((i = 2; i <= COMP_CWORD; i++)); do
        word=${COMP_WORDS[i]} before=${COMP_WORDS[i - 1]}
        [[ $before == -- ]] && break
        [[ $word == -* || $word == = || $before == = || " $1 " == *" $before "* ]] || break
    done
    ((i <= COMP_CWORD)) && _command_offset $i
}

_connsan()
{
    local cur prev words cword split
    _init_completion -s || return
)";

constexpr const char *End = R"(
    [[ ${COMPREPLY-} == *= ]] && compopt -o nospace
    return 0
} &&
    complete -F _connsan connsan
)";

std::string words(const std::string &Words) {
  return "COMPREPLY=($(compgen -W '" + Words + "' -- \"$cur\"))";
}

std::string completer(const CLI::Option &Option) {
  switch (valueKind(Option)) {
  case ValueKind::Choice:
    return words(CLI::detail::join(choicesOf(Option), " "));
  case ValueKind::File:
    return "_filedir";
  case ValueKind::Directory:
    return "_filedir -d";
  case ValueKind::Program:
    return "COMPREPLY=($(compgen -c -- \"$cur\"))";
  case ValueKind::None:
  case ValueKind::Other:
    return ":";
  }
  return ":";
}

/// The values of the options of all commands.
std::string values(const std::vector<CompletedCommand> &Commands) {
  std::string Text = "    case ${words[1]}:$prev in\n";
  for (const CompletedCommand &Command : Commands)
    for (const CLI::Option *Option : Command.Line->get_options()) {
      if (Option->get_positional() || valueKind(*Option) == ValueKind::None)
        continue;
      std::vector<std::string> Patterns;
      for (const std::string &Name : namesOf(*Option))
        Patterns.push_back(Command.Name + ":" + Name);
      Text += "        " + CLI::detail::join(Patterns, " | ") + ")\n            " + completer(*Option) +
              "\n            return\n            ;;\n";
    }
  return Text + "    esac\n    $split && return\n";
}

std::string optionWords(const CommandLine &Line) {
  std::vector<std::string> Words;
  for (const CLI::Option *Option : Line.get_options()) {
    if (Option->get_positional())
      continue;
    for (const std::string &Short : Option->get_snames())
      Words.push_back("-" + Short);
    if (!Option->get_lnames().empty())
      Words.push_back("--" + Option->get_lnames().front() +
                      (valueKind(*Option) == ValueKind::None ? "" : "="));
  }
  return CLI::detail::join(Words, " ");
}

std::string optionsAndOperands(const CompletedCommand &Command) {
  std::string Text = "        " + Command.Name + ")\n";
  std::string Operand = ":";
  for (const CLI::Option *Option : Command.Line->get_options()) {
    if (!Option->get_positional())
      continue;
    if (valueKind(*Option) != ValueKind::Program) {
      Operand = completer(*Option);
      continue;
    }
    std::vector<std::string> WithValue;
    for (const CLI::Option *Other : Command.Line->get_options())
      if (valueKind(*Other) != ValueKind::None)
        for (const std::string &Name : namesOf(*Other))
          WithValue.push_back(Name);
    Text += "            _connsan_program '" + CLI::detail::join(WithValue, " ") + "' && return\n";
  }
  return Text + "            if [[ $cur == -* ]]; then\n                " +
         words(optionWords(*Command.Line)) + "\n            else\n                " + Operand +
         "\n            fi\n            ;;\n";
}

} // namespace

std::string bashCompletion(const std::vector<CompletedCommand> &Commands) {
  std::string Names;
  for (const CompletedCommand &Command : Commands)
    Names += Command.Name + " ";
  std::string Text = Beginning;
  Text += "    if ((cword == 1)); then\n        " + words(Names + "--help --version") +
          "\n        return\n    fi\n";
  Text += values(Commands) + "    case ${words[1]} in\n";
  for (const CompletedCommand &Command : Commands)
    Text += optionsAndOperands(Command);
  return Text + "    esac" + End;
}

} // namespace connsan::tool
