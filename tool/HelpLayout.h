#pragma once

#include <CLI/CLI.hpp>

#include <string>

namespace connsan::tool {

/// How `--help` of a command looks.
class HelpLayout : public CLI::Formatter {
public:
  HelpLayout();
  std::string make_help(const CLI::App *App, std::string Name, CLI::AppFormatMode Mode) const override;
  std::string make_description(const CLI::App *App) const override;
  std::string make_usage(const CLI::App *App, std::string Name) const override;
  std::string make_option(const CLI::Option *Option, bool IsPositional) const override;
  std::string make_footer(const CLI::App *App) const override;
};

/// The option with its short and long name and its value: "-o, --output=FILE".
std::string optionText(const CLI::Option &Option);

} // namespace connsan::tool
