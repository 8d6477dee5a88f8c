#include "ManPage.h"

#include "../HelpLayout.h"

#include <connsan/Version.h>

#include <algorithm>
#include <cctype>

namespace connsan::tool {
namespace {

/// Text that stands for itself: in roff, a hyphen is no minus, and a line that begins with a dot is a
/// request.
std::string plain(const std::string &Text) {
  std::string Result;
  for (char C : Text) {
    if ((C == '.' || C == '\'') && (Result.empty() || Result.back() == '\n'))
      Result += "\\&";
    if (C == '\\')
      Result += "\\e";
    else if (C == '-')
      Result += "\\-";
    else
      Result += C;
  }
  return Result;
}

std::string upper(std::string Text) {
  std::transform(Text.begin(), Text.end(), Text.begin(), [](unsigned char C) { return std::toupper(C); });
  return Text;
}

std::string heading(const std::string &Title) {
  return ".SH " + plain(upper(Title)) + "\n";
}

std::string row(const std::string &Term, const std::string &Text) {
  return ".TP\n\\fB" + plain(Term) + "\\fR\n" + plain(Text) + "\n";
}

std::string operands(const CommandLine &Line) {
  std::string Text;
  for (const CLI::Option *Option : Line.get_options())
    if (Option->get_positional())
      Text += row(Option->get_name(true), Option->get_description());
  return Text.empty() ? "" : heading("Arguments") + Text;
}

std::string options(const CommandLine &Line) {
  std::string Text;
  for (const std::string &Group : Line.get_groups()) {
    Text += heading(Group);
    for (const CLI::Option *Option : Line.get_options())
      if (!Option->get_positional() && Option->get_group() == Group)
        Text += row(optionText(*Option), Option->get_description());
  }
  return Text;
}

} // namespace

std::string pageName(const CommandLine &Line) {
  return CLI::detail::find_and_replace(Line.get_name(), " ", "-");
}

std::string manPage(const CommandLine &Line, const std::string &Summary,
                    const std::vector<std::string> &SeeAlso) {
  std::string Text =
      ".TH " + plain(upper(pageName(Line))) + " 1 \"\" \"connsan " CONNSAN_VERSION "\" connsan\n";
  Text += heading("Name") + plain(pageName(Line)) + " \\- " + plain(Summary) + "\n";
  Text += heading("Synopsis") + "\\fB" + plain(Line.get_name()) + "\\fR [OPTIONS] " + plain(Line.operands()) +
          "\n";
  Text += heading("Description") + plain(Line.get_description()) + "\n";
  Text += operands(Line) + options(Line);
  for (const HelpSection &Section : Line.sections()) {
    Text += heading(Section.Title);
    for (const HelpSection::Row &Row : Section.Rows)
      Text += row(Row.Term, Row.Text);
  }
  Text += heading("See also");
  for (const std::string &Page : SeeAlso)
    Text += ".BR " + plain(Page) + (&Page == &SeeAlso.back() ? " (1)\n" : " (1),\n");
  return Text;
}

} // namespace connsan::tool
