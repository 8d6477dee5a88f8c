#include "HelpLayout.h"

#include "CommandLine.h"

#include <sstream>
#include <utility>

namespace connsan::tool {
namespace {

constexpr size_t Width = 100;
constexpr size_t Column = 30;

/// Line by line; what is too long goes on in the next line, after `Indent` spaces.
std::string wrap(const std::string &Text, size_t Indent = 0) {
  std::string Result, Line;
  std::istringstream Lines(Text);
  while (std::getline(Lines, Line)) {
    std::istringstream Words(Line);
    std::string Word;
    size_t At = Indent;
    while (Words >> Word) {
      if (At > Indent && At + 1 + Word.size() > Width) {
        Result += '\n' + std::string(Indent, ' ');
        At = Indent;
      }
      if (At > Indent) {
        Result += ' ';
        ++At;
      }
      Result += Word;
      At += Word.size();
    }
    Result += '\n';
    if (Indent && !Lines.eof())
      Result += std::string(Indent, ' ');
  }
  return Result;
}

std::string row(const std::string &Term, const std::string &Text) {
  const std::string Left = "  " + Term;
  const std::string Gap =
      Left.size() + 1 < Column ? std::string(Column - Left.size(), ' ') : '\n' + std::string(Column, ' ');
  return Left + Gap + wrap(Text, Column);
}

/// Only our own command lines have this layout.
const CommandLine &ours(const CLI::App *App) {
  return *static_cast<const CommandLine *>(App);
}

} // namespace

HelpLayout::HelpLayout() {
  label("Positionals", "Arguments");
}

std::string HelpLayout::make_help(const CLI::App *App, std::string Name, CLI::AppFormatMode Mode) const {
  // Between two groups of options would be two empty lines.
  return CLI::detail::find_and_replace(Formatter::make_help(App, std::move(Name), Mode), "\n\n\n", "\n\n");
}

std::string HelpLayout::make_description(const CLI::App *App) const {
  return wrap(App->get_description()) + '\n';
}

std::string HelpLayout::make_usage(const CLI::App *App, std::string Name) const {
  return "Usage: " + Name + " [OPTIONS] " + ours(App).operands() + '\n';
}

std::string HelpLayout::make_option(const CLI::Option *Option, bool IsPositional) const {
  return row(IsPositional ? Option->get_name(true) : optionText(*Option), Option->get_description());
}

std::string HelpLayout::make_footer(const CLI::App *App) const {
  std::string Text;
  for (const HelpSection &Section : ours(App).sections()) {
    Text += (Text.empty() ? "" : "\n") + Section.Title + ":\n";
    for (const HelpSection::Row &Row : Section.Rows)
      Text += row(Row.Term, Row.Text);
  }
  return Text;
}

std::string optionText(const CLI::Option &Option) {
  std::string Text;
  for (const std::string &Short : Option.get_snames())
    Text += (Text.empty() ? "-" : ", -") + Short;
  if (!Option.get_lnames().empty())
    Text += (Text.empty() ? "--" : ", --") + Option.get_lnames().front();
  if (Option.get_items_expected_min() == 0)
    return Text;
  const std::string Value =
      Option.get_default_str().empty() ? Option.get_type_name() : Option.get_default_str();
  return Text + (Option.get_lnames().empty() ? ' ' : '=') + Value;
}

} // namespace connsan::tool
