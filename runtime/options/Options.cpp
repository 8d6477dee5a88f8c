#include "options/Options.h"

#include <algorithm>
#include <charconv>
#include <limits>

namespace connsan::runtime {

namespace {

// Values come from the environment: what is echoed back is short and printable.
std::string shown(std::string_view Value) {
  constexpr size_t Limit = 60;
  std::string Result;
  for (char C : Value.substr(0, Limit))
    Result += C >= 0x20 && C < 0x7f ? C : '?';
  if (Value.size() > Limit)
    Result += "...";
  return Result;
}

bool parseValue(std::string_view Value, Duration &Out) {
  return parseDuration(Value, Out);
}

bool parseValue(std::string_view Value, TextValue &Out) {
  Out = Value;
  return true;
}

template<int Min, int Max> bool parseValue(std::string_view Value, Ranged<Min, Max> &Out) {
  int Number = 0;
  auto [End, Error] = std::from_chars(Value.data(), Value.data() + Value.size(), Number);
  if (Error != std::errc() || End != Value.data() + Value.size() || Number < Min || Number > Max)
    return false;
  Out.Value = Number;
  return true;
}

bool parseValue(std::string_view Value, OpenAtExitMode &Out) {
  if (Value == "info")
    Out = OpenAtExitMode::Info;
  else if (Value == "leak")
    Out = OpenAtExitMode::Leak;
  else if (Value == "off")
    Out = OpenAtExitMode::Off;
  else
    return false;
  return true;
}

bool parseValue(std::string_view Value, SymbolizeMode &Out) {
  if (Value == "full")
    Out = SymbolizeMode::Full;
  else if (Value == "names")
    Out = SymbolizeMode::Names;
  else if (Value == "off")
    Out = SymbolizeMode::Off;
  else
    return false;
  return true;
}

std::string expected(const Duration &) {
  return "a duration such as 500ms, 10s or 5m";
}
std::string expected(const TextValue &) {
  return "a text";
}
std::string expected(const OpenAtExitMode &) {
  return "info, leak or off";
}
std::string expected(const SymbolizeMode &) {
  return "full, names or off";
}
template<int Min, int Max> std::string expected(const Ranged<Min, Max> &) {
  return "a number from " + std::to_string(Min) + " to " + std::to_string(Max);
}

std::string_view valueName(const Duration &) {
  return "TIME";
}
// All texts so far are names of files.
std::string_view valueName(const TextValue &) {
  return "FILE";
}
std::string_view valueName(const OpenAtExitMode &) {
  return "info|leak|off";
}
std::string_view valueName(const SymbolizeMode &) {
  return "full|names|off";
}
template<int Min, int Max> std::string_view valueName(const Ranged<Min, Max> &) {
  return Max == 1 ? "0|1" : "N";
}

} // namespace

bool parseDuration(std::string_view Value, Duration &Out) {
  int64_t Number = 0;
  auto [End, Error] = std::from_chars(Value.data(), Value.data() + Value.size(), Number);
  if (Error != std::errc() || Number < 0)
    return false;
  std::string_view Unit(End, static_cast<size_t>(Value.data() + Value.size() - End));
  int64_t Scale = 0;
  if (Unit == "ms")
    Scale = 1'000'000;
  else if (Unit == "s")
    Scale = 1'000'000'000;
  else if (Unit == "m")
    Scale = 60'000'000'000;
  else if (!Unit.empty() || Number != 0)
    return false;
  // A year is enough, and leaves room to add a threshold to a time.
  constexpr int64_t Most = 366LL * 24 * 3600 * 1'000'000'000;
  if (Scale != 0 && Number > Most / Scale)
    return false;
  Out.Nanoseconds = Number * Scale;
  return true;
}

bool takeSetting(std::string_view &List, Setting &Out) {
  List.remove_prefix(std::min(List.find_first_not_of(':'), List.size()));
  if (List.empty())
    return false;
  size_t Equals = List.find_first_of("=:");
  if (Equals == std::string_view::npos || List[Equals] == ':') {
    Out = {List.substr(0, Equals), {}, Setting::NoValue};
    List.remove_prefix(Out.Key.size());
    return true;
  }
  Out = {List.substr(0, Equals), {}, Setting::Good};
  List.remove_prefix(Equals + 1);
  if (List.empty() || (List.front() != '"' && List.front() != '\'')) {
    Out.Value = List.substr(0, List.find(':'));
    List.remove_prefix(Out.Value.size());
    return true;
  }
  size_t Close = List.find(List.front(), 1);
  if (Close == std::string_view::npos) {
    // Where it should have ended nobody knows.
    Out.Form = Setting::OpenQuote;
    List = {};
    return true;
  }
  Out.Value = List.substr(1, Close - 1);
  List.remove_prefix(Close + 1);
  return true;
}

bool switchIn(std::string_view List, std::string_view Key, bool Default) {
  Switch Result{Default};
  Setting S;
  while (takeSetting(List, S))
    if (S.Form == Setting::Good && S.Key == Key)
      parseValue(S.Value, Result);
  return Result;
}

Options::Options() {
#define CONNSAN_OPTION(Type, Member, Key, Default, Help) parseValue(Default, Member);
#include "Options.inc"
#undef CONNSAN_OPTION
}

bool Options::set(std::string_view Key, std::string_view Value, std::string &Problem) {
#define CONNSAN_OPTION(Type, Member, Name, Default, Help)                                                    \
  if (Key == Name) {                                                                                         \
    if (parseValue(Value, Member))                                                                           \
      return true;                                                                                           \
    Problem = "bad value '" + shown(Value) + "' for option '" Name "': expected " + expected(Member);        \
    return false;                                                                                            \
  }
#include "Options.inc"
#undef CONNSAN_OPTION
  Problem = "unknown option '" + shown(Key) + "'";
  return false;
}

void Options::parse(std::string_view List, std::vector<std::string> &Problems) {
  // The number of complaints is bounded whatever the environment holds.
  constexpr size_t MostProblems = 16;
  auto Complain = [&](std::string Line) {
    if (Problems.size() < MostProblems)
      Problems.push_back(std::move(Line));
  };
  Setting S;
  while (takeSetting(List, S)) {
    std::string Problem;
    if (S.Form == Setting::NoValue)
      Complain("option '" + shown(S.Key) + "' has no value");
    else if (S.Form == Setting::OpenQuote)
      Complain("the quote in option '" + shown(S.Key) + "' is not closed");
    else if (!set(S.Key, S.Value, Problem))
      Complain(std::move(Problem));
  }
}

std::vector<OptionRow> optionRows() {
  return {
#define CONNSAN_OPTION(Type, Member, Key, Default, Help) {Key, valueName(Type{}), Default, Help},
#include "Options.inc"
#undef CONNSAN_OPTION
  };
}

std::string optionsHelp() {
  std::string Result;
  for (const OptionRow &Row : optionRows()) {
    std::string Left = "  " + std::string(Row.Key) + "=" + std::string(Row.Default);
    Left.resize(std::max(Left.size() + 1, size_t(27)), ' ');
    Result += Left;
    Result += Row.Help;
    Result += '\n';
  }
  return Result;
}

} // namespace connsan::runtime
