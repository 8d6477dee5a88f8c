#include "OptionValue.h"

namespace connsan::tool {

ValueKind valueKind(const CLI::Option &Option) {
  if (Option.get_items_expected_max() == 0)
    return ValueKind::None;
  const std::string Name = Option.get_type_name();
  if (Name.find('|') != std::string::npos)
    return ValueKind::Choice;
  if (Name == "FILE")
    return ValueKind::File;
  if (Name == "DIR" || Name == "BUILD")
    return ValueKind::Directory;
  return Name == "PROGRAM" ? ValueKind::Program : ValueKind::Other;
}

std::vector<std::string> choicesOf(const CLI::Option &Option) {
  return CLI::detail::split(Option.get_type_name(), '|');
}

std::vector<std::string> namesOf(const CLI::Option &Option) {
  std::vector<std::string> Names;
  for (const std::string &Short : Option.get_snames())
    Names.push_back("-" + Short);
  for (const std::string &Long : Option.get_lnames())
    Names.push_back("--" + Long);
  return Names;
}

std::string briefHelp(const CLI::Option &Option) {
  const std::string &Help = Option.get_description();
  size_t End = Help.size();
  for (const char *Mark : {" (", "; ", ": ", ". ", ", as "})
    End = std::min(End, Help.find(Mark));
  return Help.substr(0, End);
}

} // namespace connsan::tool
