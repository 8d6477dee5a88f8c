#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace connsan::runtime {

struct Duration {
  int64_t Nanoseconds = 0;
  bool enabled() const { return Nanoseconds > 0; }
};

enum class OpenAtExitMode : uint8_t { Info, Leak, Off };
enum class SymbolizeMode : uint8_t { Full, Names, Off };

template<int Min, int Max> struct Ranged {
  int Value = Min;
  operator int() const { return Value; }
};
using ExitStatus = Ranged<0, 255>;
using StackDepth = Ranged<1, 64>;
using VerbosityLevel = Ranged<0, 1>;
using Switch = Ranged<0, 1>;
using ReportCount = Ranged<0, 1'000'000>;
using TextValue = std::string;

/// The values of the option table, with one member for each row of Options.inc.
struct Options {
#define CONNSAN_OPTION(Type, Member, Key, Default, Help) Type Member;
#include "Options.inc"
#undef CONNSAN_OPTION

  /// Every option at its default.
  Options();

  /// Applies "key=value:key=value"; a value may stand in quotes to hold a colon. What is wrong is skipped and
  /// told in one line of `Problems` each.
  void parse(std::string_view List, std::vector<std::string> &Problems);

  /// Applies one value. False, with what was expected in `Problem`, when the key or the value is bad.
  bool set(std::string_view Key, std::string_view Value, std::string &Problem);
};

/// One setting of a list, in place.
struct Setting {
  std::string_view Key, Value;
  enum : uint8_t { Good, NoValue, OpenQuote } Form = Good;
};

/// Takes the first setting off `List`; false when there is none. Uses no memory of its own.
bool takeSetting(std::string_view &List, Setting &Out);

/// What `List` says of an option that is 0 or 1. Uses no memory of its own: this is asked before the options
/// are read.
bool switchIn(std::string_view List, std::string_view Key, bool Default);

bool parseDuration(std::string_view Value, Duration &Out);

/// A row of the table, in words. `Value` names what is expected: "TIME", or "full|names|off".
struct OptionRow {
  std::string_view Key, Value, Default, Help;
};
std::vector<OptionRow> optionRows();

/// The table as text, one or two lines an option.
std::string optionsHelp();

} // namespace connsan::runtime
