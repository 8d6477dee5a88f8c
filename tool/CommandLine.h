#pragma once

#include <CLI/CLI.hpp>

#include <optional>
#include <string>
#include <vector>

/// What the command lines of all commands have in common: how help looks, and how a mistake is told.
namespace connsan::tool {

/// What is to know beside the options: exit status, files, examples.
struct HelpSection {
  struct Row {
    std::string Term, Text;
  };
  std::string Title;
  std::vector<Row> Rows;
};

class CommandLine : public CLI::App {
public:
  /// `Name` is "connsan check". `Operands` is what the usage says after the options.
  CommandLine(const std::string &Name, const std::string &Description, std::string Operands);

  const std::string &operands() const { return Operands; }

  void addSection(const std::string &Title, std::vector<HelpSection::Row> Rows);
  const std::vector<HelpSection> &sections() const { return Sections; }

  /// The exit status for a mistake.
  static constexpr int Failure = 2;

  /// An option with one of these values, of which `To` holds the default. `Names` is "-f,--format".
  CLI::Option *addChoice(const std::string &Names, std::string &To, const std::vector<std::string> &Choices,
                         const std::string &Help);

  /// Sets what the options are bound to. When that was all, because help was asked for or of a mistake, which
  /// is said, returns the exit status of the process.
  std::optional<int> read(const std::vector<std::string> &Arguments);

  /// How many of the arguments are options and their values, before the first that is none or is `--`.
  size_t countOptions(const std::vector<std::string> &Arguments) const;

  /// In one line on standard error, after the name of the command.
  void say(const std::string &Text) const;
  /// Says the mistake, and returns the exit status for it.
  int fail(const std::string &Mistake) const;

private:
  bool takesValue(const std::string &Name) const;
  /// `Lacking` is set to the option that has no value.
  std::vector<std::string> withValuesApart(const std::vector<std::string> &Arguments,
                                           std::string &Lacking) const;

  std::string Operands;
  std::vector<HelpSection> Sections;
};

/// Those of a `main`, without the name.
std::vector<std::string> argumentsOf(int argc, char **argv);

/// For an option that takes a duration.
CLI::Validator isDuration();
/// For an option that is not given when it is empty.
CLI::Validator isNotEmpty();
/// For an option that takes a number from 1.
CLI::Validator isPositive();

} // namespace connsan::tool
