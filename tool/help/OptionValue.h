#pragma once

#include <CLI/CLI.hpp>

#include <string>
#include <vector>

/// What an option says of its value, by the name that the value has in the help.
namespace connsan::tool {

enum class ValueKind { None, Choice, File, Directory, Program, Other };

ValueKind valueKind(const CLI::Option &Option);

/// Of `high|medium`: these two.
std::vector<std::string> choicesOf(const CLI::Option &Option);

/// As it is written: `-o`, `--output`. None of an operand.
std::vector<std::string> namesOf(const CLI::Option &Option);

/// The first words of the help, up to what they are explained by.
std::string briefHelp(const CLI::Option &Option);

} // namespace connsan::tool
